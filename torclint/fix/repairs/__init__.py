"""Making the edits that findings offer: chosen, proven, and repeated until there is nothing left to make."""
