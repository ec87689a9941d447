"""The app page: an application shell as a server renders it, with its state inlined and every icon written out."""

# ruff: noqa: E501 (text and markup stay on their lines)

from __future__ import annotations

import json

from templates.app_text import COLUMNS, PEOPLE, TASKS
from templates.layout import block, icon, indent, utilities

__all__ = ["page"]

_CSS = """
/* tokens.css */
:root {
    --ink: #16213a;
    --muted: #66708a;
    --line: #e3e7f0;
    --paper: #ffffff;
    --ground: #f3f5fa;
    --accent: #2456d6;
    --accent-soft: #e5ecff;
    --radius: 10px;
}
/* base.css */
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 "Inter", system-ui, "Segoe UI", sans-serif; }
button { font: inherit; }
/* shell.css */
.shell { display: grid; grid-template-columns: 230px minmax(0, 1fr); min-height: 100vh; }
.rail { background: #101a33; color: #c5cee6; padding: 20px 14px; }
.rail__brand { display: flex; gap: 10px; align-items: center; font: 700 17px/1 inherit; color: #fff; padding: 4px 8px 22px; }
.rail__mark { width: 26px; height: 26px; border-radius: 8px; background: linear-gradient(135deg, #57c7f2, #2456d6); }
.rail__list { list-style: none; margin: 0; padding: 0; display: grid; gap: 2px; }
.rail__link { display: flex; gap: 10px; align-items: center; padding: 9px 10px; border-radius: 8px; color: inherit; text-decoration: none; }
.rail__link.is-active { background: rgba(255, 255, 255, .1); color: #fff; }
.rail__link em { margin-left: auto; font-style: normal; font-size: 12px; background: rgba(255, 255, 255, .14); padding: 0 8px; border-radius: 9px; }
.head { display: flex; align-items: center; gap: 18px; background: var(--paper); border-bottom: 1px solid var(--line); padding: 14px 26px; }
.head h1 { font-size: 18px; margin: 0; }
.head__search { flex: 1; max-width: 380px; display: flex; gap: 8px; align-items: center; background: var(--ground); border-radius: 8px; padding: 7px 12px; color: var(--muted); }
.head__people { display: flex; margin-left: auto; }
.face { width: 28px; height: 28px; border-radius: 50%; color: #fff; display: inline-grid; place-items: center; font: 600 11px/1 sans-serif; border: 2px solid #fff; margin-left: -6px; }
.button { border: 0; border-radius: 8px; background: var(--accent); color: #fff; padding: 8px 14px; font-weight: 600; cursor: pointer; }
.main { padding: 24px 26px 60px; display: grid; gap: 22px; }
/* figures.css */
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 16px; }
.figure { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 16px 18px; }
.figure__label { color: var(--muted); font-size: 13px; }
.figure__value { font-size: 26px; font-weight: 700; letter-spacing: -.02em; }
.figure svg { display: block; margin-top: 8px; width: 100%; height: 40px; }
/* board.css */
.board { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 16px; align-items: start; }
.column { background: #e9edf6; border-radius: var(--radius); padding: 12px; }
.column__head { display: flex; justify-content: space-between; padding: 2px 4px 10px; font-weight: 600; }
.column__count { color: var(--muted); font-weight: 500; }
.column__list { display: grid; gap: 10px; }
.task { background: var(--paper); border-radius: 8px; padding: 12px; box-shadow: 0 1px 2px rgba(22, 33, 58, .08); }
.task__title { margin: 6px 0 10px; font-weight: 600; font-size: 14px; line-height: 1.35; }
.label { font: 600 11px/1 sans-serif; padding: 4px 7px; border-radius: 5px; background: var(--accent-soft); color: var(--accent); }
.label--Devices { background: #fde8dc; color: #a2481a; }
.label--Map { background: #dff3ea; color: #1b6b48; }
.label--Data { background: #efe6fb; color: #6231a8; }
.label--Words { background: #fbe6ef; color: #a02560; }
.label--Forecast { background: #e0f1fb; color: #17618c; }
.label--Comfort { background: #f5f0d8; color: #76610c; }
.task__foot { display: flex; align-items: center; gap: 12px; color: var(--muted); font-size: 12px; }
.task__fact { display: inline-flex; gap: 4px; align-items: center; }
.task__foot .face { margin-left: auto; }
.is-done .task__title { color: var(--muted); text-decoration: line-through; }
@media (max-width: 1000px) {
    .board, .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (max-width: 720px) {
    .shell { grid-template-columns: minmax(0, 1fr); }
    .rail { display: none; }
    .head { flex-wrap: wrap; padding: 12px 16px; }
    .main { padding: 16px; }
    .board { grid-template-columns: minmax(0, 1fr); }
}
"""

_SCRIPT = """
(function (root) {
    'use strict';
    // Takes the state that the server wrote, and wires the board to it.
    var state = JSON.parse(document.getElementById('state').textContent);
    var byId = {};
    state.tasks.forEach(function (task) { byId[task.id] = task; });
    root.addEventListener('click', function (event) {
        var card = event.target.closest('[data-task]');
        if (!card) { return; }
        var task = byId[card.getAttribute('data-task')];
        document.title = task.title + ' | Tidewater';
    });
    // One letter jumps to the search.
    document.addEventListener('keydown', function (event) {
        if (event.key === '/') {
            event.preventDefault();
            document.querySelector('[data-search]').focus();
        }
    });
}(document.querySelector('.board')));
"""

_RAIL = (
    ("board", "Board", 36),
    ("chart", "Forecasts", 9),
    ("people", "Crew", 7),
    ("clock", "Logbook", 0),
    ("gear", "Settings", 0),
)
_FIGURES = (
    ("Stations reporting", "128", 3),
    ("Readings today", "41 906", 5),
    ("Forecasts within a hand", "93 %", 2),
    ("Open letters", "7", 7),
)


def page() -> str:
    """The whole page."""
    state = json.dumps(_state(), indent=4, ensure_ascii=False)
    people = "\n".join(_face(person) for person in range(len(PEOPLE)))
    columns = "\n\n".join(_column(place) for place in range(len(COLUMNS)))
    return (
        block(f"""
<!DOCTYPE html>
<html lang="en" data-theme="day">
  <head>
    <!-- Tidewater web, server rendered. Do not edit by hand. -->
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Board | Tidewater</title>
    <style>
      {indent(_CSS.strip(), 6)}
    </style>
    <style>
      {indent(utilities("tw-"), 6)}
    </style>
  </head>
  <body>
    <!-- <Shell> -->
    <div class="shell">

      <!-- <Rail> -->
      <aside class="rail" aria-label="Main">
        <div class="rail__brand">
          <span class="rail__mark" aria-hidden="true"></span>
          Tidewater
        </div>
        <ul class="rail__list">
          {indent(chr(10).join(_rail(*each) for each in _RAIL), 10)}
        </ul>
      </aside>
      <!-- </Rail> -->

      <div class="page">
        <!-- <Header> -->
        <header class="head">
          <h1>Spring survey</h1>
          <div class="head__search" role="search">
            {indent(icon("search", 16), 12)}
            <span tabindex="0" data-search>Find a task, a buoy or a person</span>
          </div>
          <div class="head__people" aria-label="On this board">
            {indent(people, 12)}
          </div>
          <button type="button" class="button">
            New task
          </button>
        </header>
        <!-- </Header> -->

        <main class="main">
          <!-- <Figures> -->
          <section class="figures" aria-label="Today">
            {indent(chr(10).join(_figure(*each) for each in _FIGURES), 12)}
          </section>
          <!-- </Figures> -->

          <!-- <Board> -->
          <section class="board" aria-label="Board">
            {indent(columns, 12)}
          </section>
          <!-- </Board> -->
        </main>
      </div>
    </div>
    <!-- </Shell> -->

    <script type="application/json" id="state">
      {indent(state, 6)}
    </script>
    <script>
      {indent(_SCRIPT.strip(), 6)}
    </script>
  </body>
</html>
""")
        + "\n"
    )


def _owner(task: int) -> int:
    return (task * 3 + task // 5) % len(PEOPLE)


def _state() -> dict[str, object]:
    return {
        "board": {"id": "brd_14", "name": "Spring survey", "columns": list(COLUMNS)},
        "people": [{"id": f"usr_{place}", "name": name, "hue": hue} for place, (name, hue) in enumerate(PEOPLE)],
        "tasks": [
            {
                "id": f"tsk_{200 + place}",
                "title": title,
                "label": label,
                "column": place % len(COLUMNS),
                "owner": f"usr_{_owner(place)}",
                "days": days,
                "checks": {"done": (place * 2) % 5, "all": 5},
                "links": place % 4,
                "isArchived": False,
                "parent": None,
            }
            for place, (title, label, days) in enumerate(TASKS)
        ],
    }


def _rail(key: str, label: str, count: int) -> str:
    return block(f"""
<li class="rail__item">
  <a class="rail__link{" is-active" if key == "board" else ""}" href="/{label.lower()}">
    {indent(icon(key, 18), 4)}
    <span class="rail__label">
      {label}
    </span>
    {f"<em>{count}</em>" if count else ""}
  </a>
</li>""")


def _face(person: int) -> str:
    name, hue = PEOPLE[person]
    initials = "".join(part[0] for part in name.split())
    return block(f"""
<span class="face" style="background-color: hsl({hue}, 45%, 45%)" title="{name}">
  {initials}
</span>""")


def _figure(label: str, value: str, seed: int) -> str:
    heights = [20 + ((place * seed * 7 + place * place) % 19) - place // 2 for place in range(24)]
    points = " ".join(f"{place * 10},{height}" for place, height in enumerate(heights))
    return block(f"""
<div class="figure">
  <div class="figure__label">
    {label}
  </div>
  <div class="figure__value">
    {value}
  </div>
  <svg viewBox="0 0 230 44" preserveAspectRatio="none" aria-hidden="true">
    <polyline points="{points}" fill="none" stroke="#2456d6" stroke-width="2" vector-effect="non-scaling-stroke"></polyline>
  </svg>
</div>""")


def _column(place: int) -> str:
    tasks = [index for index in range(len(TASKS)) if index % len(COLUMNS) == place]
    cards = "\n".join(_task(index, is_done=place == len(COLUMNS) - 1) for index in tasks)
    return block(f"""
<!-- <Column index={{{place}}}> -->
<div class="column" data-column="{place}">
  <div class="column__head">
    <span class="column__name">
      {COLUMNS[place]}
    </span>
    <span class="column__count">
      {len(tasks)}
    </span>
  </div>
  <div class="column__list" role="list">
    {indent(cards, 4)}
  </div>
</div>
<!-- </Column> -->""")


def _task(index: int, *, is_done: bool) -> str:
    title, label, days = TASKS[index]
    facts = "\n".join(
        block(f"""
            <span class="task__fact task__fact--{key}">
              {indent(icon(key, 14), 14)}
              <span class="task__number">
                {text}
              </span>
            </span>""")
        for key, text in (("check", f"{(index * 2) % 5}/5"), ("link", str(index % 4)), ("clock", f"{days} d"))
    )
    return block(f"""

<!-- <Task id="tsk_{200 + index}"> -->
<div class="task{" is-done" if is_done else ""}" role="listitem" draggable="true" data-task="tsk_{200 + index}">
  <div class="task__head">
    <span class="label label--{label}">
      {label}
    </span>
  </div>
  <p class="task__title">
    {title}
  </p>
  <div class="task__foot">
    {indent(facts, 4)}
    {indent(_face(_owner(index)), 4)}
  </div>
</div>
<!-- </Task> -->""")
