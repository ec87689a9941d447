"""What the app page shows: the state of a small team's board."""

from __future__ import annotations

__all__ = ["COLUMNS", "PEOPLE", "TASKS"]

PEOPLE = (
    ("Noor Haddad", 12), ("Elias Brandt", 205), ("Mei Tanaka", 330), ("Tomás Rocha", 150),
    ("Greta Lindqvist", 265), ("Kwame Mensah", 38), ("Ana Petrova", 185),
)  # fmt: skip
COLUMNS = ("To do", "In hand", "In review", "Done")

# title, label, size in days
TASKS = (
    ("Warn before a survey closes with open answers", "Surveys", 2),
    ("Let buoys report battery in volts, not bars", "Devices", 3),
    ("Merge duplicate stations by position", "Data", 5),
    ("Show tide tables for the next quarter", "Forecast", 3),
    ("Export a station's year as one file", "Data", 2),
    ("Translate the harbour handbook into Portuguese", "Words", 4),
    ("Stop the map from stealing the scroll wheel", "Map", 1),
    ("Colour-blind safe palette for salinity", "Map", 2),
    ("Retry uploads from boats without coverage", "Devices", 5),
    ("Explain why a forecast changed overnight", "Forecast", 8),
    ("Archive stations that were silent for a year", "Data", 2),
    ("Keyboard shortcuts for the day view", "Comfort", 1),
    ("Ask for the crew's consent before sharing tracks", "Surveys", 3),
    ("Sign the firmware of the second batch", "Devices", 3),
    ("Undo for the last ten edits of a reading", "Comfort", 5),
    ("Night mode that keeps the chart's meaning", "Map", 3),
    ("Draft the letter to the fishery council", "Words", 2),
    ("Compare two summers in one chart", "Forecast", 5),
    ("Fix rounding of depths below a metre", "Data", 1),
    ("Move the old photographs to colder storage", "Data", 2),
    ("Write down how we name branches and boats", "Words", 1),
    ("Print view for the notice board on the pier", "Comfort", 2),
    ("Alarm when three neighbours disagree", "Forecast", 8),
    ("Calibrate the thermometers in the basin", "Devices", 3),
    ("Show who changed a threshold, and when", "Data", 2),
    ("Pan and zoom with one hand on a phone", "Map", 3),
    ("Answer the seven oldest letters", "Words", 1),
    ("Remember the last place on the map", "Comfort", 1),
    ("Group surveys by season instead of by date", "Surveys", 2),
    ("Check forecasts against what came true", "Forecast", 5),
    ("Drop the second login on the harbour network", "Comfort", 2),
    ("Replace the pump of station eleven", "Devices", 4),
    ("Let guests see a station without an account", "Surveys", 3),
    ("Draw currents as lines that can be followed", "Map", 8),
    ("Teach the importer about commas in numbers", "Data", 1),
    ("Record the voices of the old lighthouse keepers", "Words", 5),
)
