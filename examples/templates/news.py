"""The news page: a long report with its columns, its readers' letters, and the furniture around it."""

# ruff: noqa: E501 (text and markup stay on their lines)

from __future__ import annotations

from templates.layout import block, icon, indent, utilities
from templates.news_text import BRIEFS, HEADLINES, LETTERS, REPORT

__all__ = ["page"]

_CSS = """
/* The Valley Courier: article.css */
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1c1d21; font: 17px/1.6 Georgia, "Times New Roman", serif; }
a { color: inherit; }
.site { max-width: 1180px; margin: 0 auto; padding: 0 20px; }
.topbar { border-bottom: 1px solid #dcdde2; font: 13px/1.4 system-ui, sans-serif; color: #60636d; }
.topbar .site { display: flex; justify-content: space-between; padding-top: 8px; padding-bottom: 8px; }
.masthead { text-align: center; padding: 26px 0 14px; border-bottom: 3px double #1c1d21; }
.masthead a { text-decoration: none; font: 700 clamp(2rem, 6vw, 3.4rem)/1 "Playfair Display", Georgia, serif; letter-spacing: -.01em; }
.sections { display: flex; flex-wrap: wrap; justify-content: center; gap: 6px 26px; padding: 12px 0; border-bottom: 1px solid #dcdde2; font: 600 14px/1.4 system-ui, sans-serif; }
.sections a { text-decoration: none; }
.sections a[aria-current] { color: #a3261d; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 56px; padding: 36px 0 60px; }
.kicker { font: 700 13px/1 system-ui, sans-serif; letter-spacing: .08em; text-transform: uppercase; color: #a3261d; }
.article h1 { font: 700 clamp(2rem, 4.6vw, 3.1rem)/1.12 "Playfair Display", Georgia, serif; margin: 12px 0 14px; }
.standfirst { font-size: 1.2rem; color: #4a4d57; margin: 0 0 18px; max-width: 60ch; }
.byline { display: flex; gap: 14px; align-items: center; font: 14px/1.4 system-ui, sans-serif; color: #60636d; border-top: 1px solid #dcdde2; border-bottom: 1px solid #dcdde2; padding: 10px 0; }
.byline strong { color: #1c1d21; }
.picture { margin: 26px 0; }
.picture svg { width: 100%; height: auto; display: block; border-radius: 4px; }
.picture figcaption { font: 13px/1.5 system-ui, sans-serif; color: #60636d; padding-top: 8px; }
.article__body { max-width: 66ch; }
.article__body h2 { font: 700 1.45rem/1.25 "Playfair Display", Georgia, serif; margin: 1.8em 0 .5em; }
.article__body p { margin: 0 0 1.05em; }
.article__body section:first-child p:first-of-type::first-letter { float: left; font: 700 4.1em/.82 "Playfair Display", Georgia, serif; padding: 6px 10px 0 0; color: #a3261d; }
.tools { display: flex; gap: 10px; padding: 18px 0; border-top: 1px solid #dcdde2; margin-top: 26px; }
.tools__button { display: inline-flex; gap: 8px; align-items: center; border: 1px solid #c8cad2; background: #fff; border-radius: 4px; padding: 7px 12px; font: 600 13px/1 system-ui, sans-serif; cursor: pointer; }
.letters h2 { font: 700 1.5rem/1.2 "Playfair Display", Georgia, serif; }
.letter { display: grid; grid-template-columns: 44px minmax(0, 1fr); gap: 14px; padding: 18px 0; border-top: 1px solid #e6e7eb; }
.letter__mark { width: 44px; height: 44px; border-radius: 50%; display: grid; place-items: center; font: 700 17px/1 system-ui, sans-serif; color: #fff; }
.letter__head { font: 14px/1.4 system-ui, sans-serif; color: #60636d; }
.letter__head strong { color: #1c1d21; }
.letter__text { margin: 4px 0 8px; }
.letter__tools { display: flex; gap: 16px; font: 13px/1 system-ui, sans-serif; color: #60636d; }
.letter__tool { display: inline-flex; gap: 6px; align-items: center; border: 0; background: none; padding: 0; color: inherit; font: inherit; cursor: pointer; }
.side__box { border-top: 3px solid #1c1d21; padding: 12px 0 26px; }
.side__box h2 { font: 700 1.1rem/1.2 system-ui, sans-serif; margin: 0 0 12px; }
.brief { display: grid; grid-template-columns: 52px 1fr; gap: 10px; font: 14px/1.45 system-ui, sans-serif; padding: 8px 0; border-bottom: 1px solid #e6e7eb; }
.brief time { font-weight: 700; color: #a3261d; }
.headline { display: grid; grid-template-columns: 30px 1fr; gap: 8px; padding: 10px 0; border-bottom: 1px solid #e6e7eb; }
.headline__number { font: 700 1.4rem/1 "Playfair Display", Georgia, serif; color: #c8cad2; }
.headline a { text-decoration: none; font: 600 15px/1.35 system-ui, sans-serif; }
.headline__section { display: block; font: 600 11px/1.4 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .06em; color: #a3261d; }
.foot { background: #1c1d21; color: #d5d7de; font: 14px/1.6 system-ui, sans-serif; padding: 36px 0; }
@media (max-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr); } .topbar .site { display: block; } }
@media print { .sections, .side, .letters, .tools { display: none; } }
"""

_SECTIONS = ("Front page", "Region", "Economy", "Science", "Culture", "Sport", "Opinion", "Letters", "Archive")


def page() -> str:
    """The whole page."""
    words = sum(len(text.split()) for _, paragraphs in REPORT for text in paragraphs)
    sections = "\n\n".join(
        f'<li class="sections__item">\n    <a class="sections__link" href="/{name.lower().replace(" ", "-")}"{current}>\n        {name}\n    </a>\n</li>'
        for name in _SECTIONS
        for current in [' aria-current="page"' if name == "Region" else ""]
    )
    return (
        block(f"""
<!doctype html>
<html lang="en" class="no-js">
<head>
    <!-- layout: article-long / theme: courier / build 2214 -->
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The river that came back | The Valley Courier</title>
    <meta name="description" content="A town of nineteen thousand has its river again. It took eleven years and a classroom floor.">
    <meta property="og:type" content="article">
    <meta property="og:title" content="The river that came back">


    <!-- critical css start -->
    <style media="all">
        {indent(_CSS.strip(), 8)}
    </style>
    <!-- critical css end -->

    <!-- grid and helpers, shared with the front page -->
    <style>
        {indent(utilities("vc-"), 8)}
    </style>
    <script type="application/ld+json">
        {{
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "The river that came back",
            "wordCount": {words},
            "author": {{
                "@type": "Person",
                "name": "Hedda Quist"
            }}
        }}
    </script>
</head>
<body>

    <!-- region: topbar -->
    <div class="topbar">
        <div class="site">
            <span>Saturday edition, no. 14 207</span>
            <span>Upper valley 9&deg;, fog until ten &middot; Ransel gauge 0.84 m</span>
        </div>
    </div>
    <!-- /region: topbar -->

    <!-- region: header -->
    <header class="site">
        <div class="masthead">
            <a href="/">The Valley Courier</a>
        </div>
        <nav aria-label="Sections">
            <ul class="sections" style="list-style: none; margin: 0; padding-left: 0">
                {indent(sections, 16)}
            </ul>
        </nav>
    </header>
    <!-- /region: header -->

    <!-- region: content -->
    <div class="site">
        <div class="columns">
            <main>
                <article class="article" id="article-88121">
                    <!-- block: head -->
                    <span class="kicker">Region &middot; The long read</span>
                    <h1>The river that came back</h1>
                    <p class="standfirst">
                        For forty-one years the Ransel ran around its own town in a pipe.
                        Then somebody counted the children's drawings.
                    </p>
                    <div class="byline">
                        {indent(icon("clock", 18), 24)}
                        <span>
                            By <strong>Hedda Quist</strong>, with figures by <strong>Emil Aro</strong>
                            &middot; {max(1, words // 210)} minutes
                        </span>
                    </div>
                    <!-- /block: head -->

                    <figure class="picture">
                        {indent(_PICTURE, 24)}
                        <figcaption>
                            Quay Street at six in the evening, drawn from the second bridge. Illustration: The Valley Courier
                        </figcaption>
                    </figure>

                    <!-- block: text (rich text, 6 parts) -->
                    <div class="article__body">
                        {indent(_report(), 24)}
                    </div>
                    <!-- /block: text -->

                    <div class="tools">
                        <button type="button" class="tools__button">
                            {indent(icon("link", 16), 28)}
                            Copy link
                        </button>
                        <button type="button" class="tools__button">
                            {indent(icon("heart", 16), 28)}
                            Keep for later
                        </button>
                    </div>
                </article>

                <!-- block: letters (open until midnight) -->
                <section class="letters" id="letters">
                    <h2>{len(LETTERS)} letters</h2>
                    <div class="letters__list">
                        {indent(chr(10).join(_letter(place, letter) for place, letter in enumerate(LETTERS)), 24)}
                    </div>
                </section>
                <!-- /block: letters -->
            </main>

            <!-- region: side -->
            <aside class="side">
                <div class="side__box">
                    <h2>Today, briefly</h2>
                    <div class="side__list">
                        {indent(chr(10).join(_brief(*brief) for brief in BRIEFS), 24)}
                    </div>
                </div>
                <div class="side__box">
                    <h2>Most read</h2>
                    <div class="side__list">
                        {indent(chr(10).join(_headline(*each) for each in enumerate(HEADLINES, 1)), 24)}
                    </div>
                </div>
            </aside>
            <!-- /region: side -->
        </div>
    </div>
    <!-- /region: content -->

    <!-- region: footer -->
    <footer class="foot">
        <div class="site">
            The Valley Courier, founded in the year of the first footbridge. Owned by 3 204 of its readers.
        </div>
    </footer>
    <!-- /region: footer -->

</body>
</html>
""")
        + "\n"
    )


def _report() -> str:
    parts: list[str] = []
    for place, (heading, paragraphs) in enumerate(REPORT):
        title = f'<h2 class="article__heading" id="part-{place}">\n        {heading}\n    </h2>' if heading else ""
        texts = "\n\n".join(
            f'<p class="article__paragraph" data-paragraph="{place}-{number}">\n    {text}\n</p>'
            for number, text in enumerate(paragraphs)
        )
        parts.append(f'<section class="article__part">\n    {title}\n\n    {indent(texts, 4)}\n</section>')
    return "\n\n".join(parts)


def _letter(place: int, letter: tuple[str, str, int, str]) -> str:
    name, when, thanks, text = letter
    hue = (place * 47 + 12) % 360
    tools = "\n".join(
        block(f"""
            <button class="letter__tool letter__tool--{key}" type="button" data-action="{key}" data-letter="{9100 + place}">
                {indent(icon(key, 16), 16)}
                <span class="letter__label">
                    {label}
                </span>
            </button>""")
        for key, label in (("thumb", f"{thanks} thanks"), ("reply", "Answer"), ("flag", "Report"))
    )
    return block(f"""

<!-- letter {9100 + place} -->
<div class="letter" id="letter-{9100 + place}" data-depth="{1 if text.startswith("@") else 0}">
    <div class="letter__side">
        <span class="letter__mark" style="background: hsl({hue}, 38%, 42%)" aria-hidden="true">
            {name[0]}
        </span>
    </div>
    <div class="letter__main">
        <div class="letter__head">
            <strong class="letter__name">{name}</strong>
            <span class="letter__when">
                {when}
            </span>
        </div>
        <div class="letter__content">
            <p class="letter__text">
                {text}
            </p>
        </div>
        <div class="letter__tools" role="group" aria-label="For this letter">
            {indent(tools, 12)}
        </div>
    </div>
</div>""")


def _brief(when: str, text: str) -> str:
    return block(f"""
<div class="brief">
    <time datetime="{when}">
        {when}
    </time>
    <span class="brief__text">
        {text}
    </span>
</div>""")


def _headline(place: int, headline: tuple[str, str]) -> str:
    section, text = headline
    return block(f"""
<div class="headline" data-rank="{place}">
    <span class="headline__number" aria-hidden="true">
        {place}
    </span>
    <span class="headline__main">
        <span class="headline__section">
            {section}
        </span>
        <a class="headline__link" href="/{section.lower()}/{88000 + 13 * place}">
            {text}
        </a>
    </span>
</div>""")


_PICTURE = block("""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 380" role="img" aria-label="A small river between old houses in evening light">
    <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="#f7d9b0"></stop>
            <stop offset="1" stop-color="#f2b89a"></stop>
        </linearGradient>
        <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stop-color="#5f93a8"></stop>
            <stop offset="1" stop-color="#2d5668"></stop>
        </linearGradient>
    </defs>
    <rect width="800" height="380" fill="url(#sky)"></rect>
    <circle cx="600" cy="110" r="44" fill="#fbeecb"></circle>
    <path d="M0 210l90-50 70 40 110-70 90 80 120-60 90 50 110-60 120 70v60H0z" fill="#b98f86" opacity=".6"></path>
    <g fill="#7d4f45">
        <path d="M20 150h70v130H20zM100 170h60v110h-60zM170 130h80v150h-80z"></path>
        <path d="M560 160h70v120h-70zM640 130h60v150h-60zM710 165h70v115h-70z"></path>
    </g>
    <g fill="#51332d">
        <path d="M12 152l43-34 43 34zM94 172l36-28 36 28zM162 132l48-40 48 40z"></path>
        <path d="M552 162l43-34 43 34zM632 132l38-34 38 34zM702 167l43-32 43 32z"></path>
    </g>
    <g fill="#fbe3a4">
        <path d="M36 180h12v16H36zM62 180h12v16H62zM190 160h14v18h-14zM220 160h14v18h-14zM576 186h12v16h-12zM604 186h12v16h-12zM658 160h12v16h-12zM728 190h12v16h-12z"></path>
    </g>
    <path d="M0 280h800v100H0z" fill="#6c7a4e"></path>
    <path d="M300 280h180c-10 30 60 60 130 100H190c70-40 120-70 110-100z" fill="url(#water)"></path>
    <path d="M250 282c60-46 220-46 290 0v-14c-70-46-230-46-290 0z" fill="#4a3a36"></path>
    <path d="M330 320h40m30 16h60m-140 20h50m90-2h40" stroke="#cfe3e6" stroke-width="3" stroke-linecap="round"></path>
</svg>""")
