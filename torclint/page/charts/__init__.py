"""Charts as SVG that is made on the server: readable without JavaScript, on a phone and on paper.

Nothing is scaled: places along the time are percent of the width, heights and letters are pixels, so that a chart is as
wide as its place and its texts keep their size. Wider than its place it becomes by `--zoom` (charts.js).

    tracks.chart(name, title, told, tracks, seconds)    bars or areas along the time, one track under the other: a Gantt chart
    steps.chart(name, title, told, steps, seconds, ...) one quantity along the time, with its limit

`name` begins the ids and must be different for each chart of a page; `title` and `told` are read out in place of the
picture. A page that shows charts names `charts.css` and `charts.js`, and shows the numbers in a table as well.
"""
