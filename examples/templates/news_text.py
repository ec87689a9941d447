"""The words of the news page: one long report, its readers' letters, and the other headlines of the day."""

# ruff: noqa: E501 (text and markup stay on their lines)

from __future__ import annotations

__all__ = ["BRIEFS", "HEADLINES", "LETTERS", "REPORT"]

REPORT = (
    (
        "",
        (
            "On the first morning of April, a little after six, the sluice keeper at Old Weir turned a wheel that had not moved in forty-one years. Nothing happened. She turned it again, leaned on it, and somewhere below the planks a sheet of iron came up with a sound like a drawer full of spoons.",
            "Then the Ransel came through. Not much of it at first: a brown tongue of water that felt its way along a bed of nettles and bicycle frames, stopped at a mattress, and went around. By noon it had reached the allotments. By evening there were three hundred people on the footbridge, and somebody had brought an accordion.",
            "A town of nineteen thousand had its river back. It had taken eleven years, four engineers, two court cases and one very stubborn schoolteacher, and it had cost less than the roundabout on the northern ring.",
        ),
    ),
    (
        "How a river is lost",
        (
            "The Ransel did not dry up. It was put away. In the flood of the winter that older residents still simply call the Wet One, the water stood a metre deep in the market hall, and the council of the day decided that it should never do so again. A culvert was dug around the town, four metres wide and nearly three kilometres long, and the river was turned into it.",
            "It worked. The market hall stayed dry, and the old bed became a strip of land that belonged to no one in particular. Garages grew there, and brambles, and for a while a roller-skating rink. Children were told not to play in it and did.",
            "What nobody had put into the calculation was the summer. Without the river the streets beside it became, on average, two and a half degrees warmer on July afternoons. The lime trees in Quay Street, which had stood with their feet in the water since before there were photographs, died from the top down. The swifts left. The cellars, which everyone had expected to be drier, cracked instead, because the clay beneath them shrank.",
        ),
    ),
    (
        "The schoolteacher's map",
        (
            "Ilse Marrow taught geography for thirty-three years in a classroom that looks out on the old bed. Each autumn she asked the new class to draw the town from memory. Each autumn, she says, the children drew the river, though none of them had ever seen it.",
            '"They drew it because the streets only make sense with it. Why does Quay Street bend? Why are there two bridges over a car park? A child sees that something is missing. Adults have learned to stop looking."',
            "She kept the drawings. When she retired there were eight hundred and twelve of them, and she laid them out on the floor of the gymnasium in the order of their years, and invited the council. Five councillors came. One of them was an engineer, and he walked up and down between the rows for a long time.",
            "What he had noticed was the width. The children drew the river narrow where the bed is narrow and wide where it is wide. He went home, took down the survey from before the Wet One, and began to calculate whether a smaller river, a tenth of the old one, might be led back through the town while the culvert went on taking the floods.",
        ),
    ),
    (
        "A tenth of a river",
        (
            "It could. That is the whole trick, and it fits on one page: a gate at Old Weir lets through at most eight hundred litres a second. When the gauge upstream rises above the mark, the gate closes by its own weight, and everything goes the safe way round. No pump, no computer, no electricity. A float, a chain and a counterweight cast from the old rink's railings.",
            "The first court case was brought by the owners of the garages, who lost, and were given other garages. The second was brought by an insurance company, which wanted to know who would pay if the gate should fail to close. The answer was found by a trainee in the town's legal office: she proposed that the gate be tested every month, in public, at a fixed hour, with the insurer's representative invited to turn the wheel. He has come every time. People bring cake.",
            "Then the money. The river cost 2.3 million, of which the state paid half because of the heat, a foundation a quarter because of the fish, and the town the rest because of the footbridge, from which three hundred people had looked at a muddy trickle and wept.",
        ),
    ),
    (
        "What came with the water",
        (
            "The biologists had promised nothing for the first two years. The bed would have to wash itself clean; there would be algae, and smell, and complaints. There were algae for eleven days. The smell was of wet stone. The complaints, sixteen in all, concerned the accordion.",
            "Sticklebacks were seen in May. A kingfisher came in June and took up its post on a shopping trolley that the volunteers had overlooked; the trolley is now protected by a small sign. In August, on the hottest day of the year, the thermometers in Quay Street showed 31.4 degrees, and those in the parallel street behind it 34.2.",
            "More surprising is what happened on the banks. The back doors of Quay Street, bricked up by grandparents, were opened one after another. There are now nine sets of steps leading down to the water, none of them permitted, all of them tolerated. The bakery sells rolls over a windowsill to people in canoes. Rents have risen, and the council has bought four houses so that not all of them can.",
        ),
    ),
    (
        "The wheel",
        (
            "Dagny Holt, the sluice keeper, had never kept a sluice. She was the only applicant who asked in her interview where the grease was. She greases on Mondays. On the last Saturday of each month she opens the gate a hand's breadth further than the law requires, for exactly one minute, and the river rises a finger's width against the steps, and the children of the town, who know the hour, put their boats in.",
            'Marrow comes to watch. She has stopped collecting maps; the new classes draw the river, she says, and it is just a river now, with ducks on it. "That was the idea. It should be so ordinary that nobody can imagine having been without it."',
            "Three other towns along the Ransel have written to ask for the drawings of the gate. They hang in the town hall, free to copy, beside a child's picture from the year of the culvert: grey streets, two bridges, and between them, in the brightest blue of the box, a thing that was not there.",
        ),
    ),
)

HEADLINES = (
    ("Region", "Night trains return to the coast line, with bunks for bicycles"),
    ("Science", "Why moss knows the time: a clock with four moving parts"),
    ("Culture", "The cinema that shows one film a year has chosen"),
    ("Economy", "Repair shops now employ more people than the car factory did"),
    ("Region", "Apple growers try an orchard that floats"),
    ("Sport", "A draw, a dog and eleven minutes of stoppage time"),
    ("Science", "Bats take the shortest way home, except on Thursdays"),
    ("Opinion", "In praise of the bench that faces the wrong way"),
    ("Culture", "A choir for people who cannot sing fills the cathedral"),
    ("Economy", "What a loaf of bread would cost if flour paid rent"),
    ("Region", "The last telephone box is a library, and the library has a waiting list"),
    ("Opinion", "My neighbour, the hedge and the law of 1894"),
)

BRIEFS = (
    ("06:10", "Fog on the upper valley road; buses run as far as the mill."),
    ("07:25", "The market opens an hour later today because of the marathon."),
    ("08:40", "Two swans on the ring road were persuaded to use the river."),
    ("09:15", "The swimming bath raises its water to 24 degrees, after a vote."),
    ("10:30", "Council publishes all parking contracts of the last ten years."),
    ("11:05", "A lost clarinet was handed in; its owner is asked to play it."),
    ("12:20", "Grid operator reports the first windless noon without gas."),
    ("13:45", "The bridge in Mill Lane closes for painting. The colour stays."),
)

LETTERS = (
    (
        "Priya Lund",
        "2 hours ago",
        84,
        "I was one of the eight hundred and twelve. Mine had a crocodile in it. I would like it on record that the crocodile has not yet been disproved.",
    ),
    (
        "T. Okafor",
        "2 hours ago",
        61,
        "We moved away because of the heat in Quay Street. My mother's kitchen was at 30 degrees in the mornings. I am looking at flats again.",
    ),
    (
        "Benno Achterberg",
        "2 hours ago",
        12,
        "Lovely, but please write about the culvert too. It is sixty years old and has to take everything the gate refuses. Who inspects that?",
    ),
    (
        "Maren Sile",
        "1 hour ago",
        45,
        "@Benno: every October, on foot, with lamps. You can come along; we are always short of people who do not mind spiders.",
    ),
    (
        "Jonas F.",
        "1 hour ago",
        9,
        "As the man with the accordion I accept the sixteen complaints and would like to thank the seventeenth person, who brought beer.",
    ),
    (
        "Clara Windt",
        "1 hour ago",
        33,
        "The lime trees will take forty years. I planted two last week anyway. My granddaughter held the string.",
    ),
    (
        "Old Weir Rowing Club",
        "1 hour ago",
        27,
        "Reminder to all captains below ten years of age: last Saturday of the month, eleven sharp, boats no longer than a forearm.",
    ),
    (
        "H. Petrossian",
        "1 hour ago",
        18,
        "A gate that closes by its own weight is exactly what an engineer should want. Every sensor that we did not install cannot fail.",
    ),
    (
        "Ruth Amsel",
        "58 minutes ago",
        22,
        "The steps are not permitted, but the article forgets the handrail that the fire brigade put on ours. Not permitted either. Very solid.",
    ),
    (
        "Leonie K.",
        "55 minutes ago",
        7,
        "How do other towns get the drawings? We have a culvert as well, and a teacher.",
    ),
    (
        "Town Archive",
        "49 minutes ago",
        30,
        "@Leonie: write to us, or simply come in. The sheets are on the first floor, and the copying machine takes no coins any more.",
    ),
    (
        "Milo Varga",
        "44 minutes ago",
        5,
        "Rents in Mill Lane went up by a fifth in a year. Four houses are a start. Forty would be a policy.",
    ),
    (
        "E. Strand",
        "41 minutes ago",
        16,
        "I insure gates. He comes for the cake, I can confirm that. He also measures the chain each time, and it has not stretched.",
    ),
    (
        "Nadia Holm",
        "37 minutes ago",
        11,
        "Kingfisher seen again this morning at 6:40, still on the trolley. Please stop trying to clean the trolley.",
    ),
    (
        "Gustav Rehn",
        "30 minutes ago",
        3,
        "In my day we skated there. I fell in love on that rink. I vote for the river all the same.",
    ),
    (
        "Amara Diallo",
        "26 minutes ago",
        14,
        "My pupils measured the temperature on both streets all summer for a school project. Same result as the official one, and ours cost nine thermometers.",
    ),
    (
        "Piet Vos",
        "19 minutes ago",
        2,
        "Could somebody explain the counterweight? Cast from railings, but how heavy must it be for eight hundred litres?",
    ),
    (
        "H. Petrossian",
        "15 minutes ago",
        20,
        "@Piet: 640 kilos, on a lever of three to one. The float does the thinking. There is a model in the school that you may flood.",
    ),
    (
        "Sanna Ek",
        "11 minutes ago",
        6,
        "Read this aloud at breakfast. My father, who helped to dig the culvert, asked me to read the last part again.",
    ),
    ("Wim de Raadt", "4 minutes ago", 4, "More of this, please. And a map."),
)
