"""The shop: forty products of a homeware store, each card written out with its icons, badges and variants."""

# ruff: noqa: E501 (text and markup stay on their lines)

from __future__ import annotations

from templates.layout import block, icon, indent, stars, utilities
from templates.shop_text import PRODUCTS, SHAPES

__all__ = ["page"]

_CSS = """
/*! Alder & Loom theme, built from 48 partials */
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 16px; scroll-behavior: smooth; }
body {
    margin: 0;
    font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif;
    color: #2b2a26;
    background: #f6f3ec;
    line-height: 1.5;
}
a { color: inherit; }
.icon { display: block; }
.wrap { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
.notice { background: #2f4b3f; color: #f3efe4; font-size: .875rem; text-align: center; padding: 8px 16px; }
.header { background: #fffdf8; border-bottom: 1px solid #e4ddcd; position: sticky; top: 0; z-index: 5; }
.header__row { display: flex; align-items: center; gap: 28px; padding: 18px 0; }
.brand { font-size: 1.6rem; letter-spacing: .02em; text-decoration: none; }
.brand em { color: #2f6b52; font-style: normal; }
.nav { display: flex; gap: 20px; flex: 1; font-size: .95rem; }
.nav a { text-decoration: none; border-bottom: 2px solid transparent; padding: 4px 0; }
.nav a:hover, .nav a.is-active { border-color: #2f6b52; }
.header__tools { display: flex; gap: 14px; align-items: center; }
.tool { border: 0; background: none; padding: 6px; cursor: pointer; position: relative; color: inherit; }
.tool__count { position: absolute; top: -4px; right: -6px; background: #b3552e; color: #fff; border-radius: 9px; font: 600 11px/18px sans-serif; min-width: 18px; text-align: center; }
.hero { display: grid; grid-template-columns: 1.1fr .9fr; gap: 40px; align-items: center; padding: 56px 0 40px; }
.hero h1 { font-size: clamp(2rem, 5vw, 3.4rem); line-height: 1.1; margin: 0 0 16px; font-weight: 500; }
.hero p { max-width: 44ch; font-size: 1.1rem; color: #57534a; }
.hero__art { background: linear-gradient(140deg, #d7e2d3, #f0dfc8); border-radius: 18px; padding: 28px; display: flex; justify-content: center; color: #40604f; }
.button { display: inline-block; border: 1px solid #2f4b3f; background: #2f4b3f; color: #fffdf8; padding: 10px 20px; border-radius: 999px; text-decoration: none; font: inherit; cursor: pointer; }
.button--ghost { background: transparent; color: #2f4b3f; }
.promises { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px; padding: 20px 0 44px; }
.promise { display: flex; gap: 12px; align-items: flex-start; font-size: .95rem; color: #57534a; }
.promise strong { display: block; color: #2b2a26; }
.filters { display: flex; flex-wrap: wrap; gap: 10px; padding: 14px 0 24px; border-top: 1px solid #e4ddcd; }
.chip { border: 1px solid #cfc6b2; background: #fffdf8; border-radius: 999px; padding: 6px 14px; font: inherit; font-size: .9rem; cursor: pointer; }
.chip.is-active { background: #2f4b3f; color: #fff; border-color: #2f4b3f; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 26px; padding-bottom: 60px; }
.card { background: #fffdf8; border: 1px solid #e9e2d3; border-radius: 14px; overflow: hidden; display: flex; flex-direction: column; }
.card__figure { position: relative; display: flex; align-items: center; justify-content: center; padding: 26px; }
.card__badge { position: absolute; left: 12px; top: 12px; background: #b3552e; color: #fff; font: 600 12px/1 sans-serif; padding: 6px 10px; border-radius: 999px; }
.card__save { position: absolute; right: 10px; top: 10px; border: 0; background: rgba(255, 253, 248, .85); border-radius: 50%; padding: 7px; color: #7a7263; cursor: pointer; }
.card__body { padding: 16px 18px 18px; display: flex; flex-direction: column; gap: 6px; flex: 1; }
.card__kind { font: 600 11px/1 sans-serif; letter-spacing: .08em; text-transform: uppercase; color: #8b8371; }
.card__name { margin: 0; font-size: 1.15rem; font-weight: 600; }
.card__name a { text-decoration: none; }
.card__blurb { margin: 0; font-size: .93rem; color: #5f5a50; flex: 1; }
.rating { display: flex; align-items: center; gap: 8px; font-size: .85rem; color: #7a7263; }
.rating__stars { display: flex; gap: 1px; color: #d9cdb6; }
.star--full { color: #c58a2b; }
.star path { fill: currentColor; }
.card__foot { display: flex; align-items: center; justify-content: space-between; margin-top: 6px; }
.price { font-size: 1.1rem; }
.price del { color: #a2988a; font-size: .9rem; margin-left: 6px; }
.price ins { text-decoration: none; color: #a5441f; }
.add { border: 1px solid #2f4b3f; background: none; color: #2f4b3f; border-radius: 999px; padding: 6px 14px; font: inherit; font-size: .9rem; cursor: pointer; }
.add:hover { background: #2f4b3f; color: #fff; }
.footer { background: #24352d; color: #dfe6dc; padding: 44px 0; font-size: .95rem; }
.footer__row { display: grid; grid-template-columns: 2fr 1fr 1fr; gap: 36px; }
.footer h2 { font-size: 1rem; margin: 0 0 10px; }
.footer ul { list-style: none; padding: 0; margin: 0; display: grid; gap: 6px; }
@media (max-width: 760px) {
    .nav { display: none; }
    .header__row { justify-content: space-between; }
    .hero, .promises, .footer__row { grid-template-columns: 1fr; }
    .hero { padding-top: 32px; }
}
"""

_SCRIPT = """
(function () {
    'use strict';
    // Basket: counts what is added and says so to screen readers.
    var count = 0;
    var badge = document.querySelector('[data-basket-count]');
    var live = document.querySelector('[data-live]');
    document.querySelectorAll('[data-add]').forEach(function (button) {
        button.addEventListener('click', function () {
            count += 1;
            badge.textContent = String(count);
            live.textContent = button.getAttribute('data-add') + ' is in the basket';
        });
    });
    // Filters: one kind at a time.
    var chips = document.querySelectorAll('[data-kind-filter]');
    chips.forEach(function (chip) {
        chip.addEventListener('click', function () {
            chips.forEach(function (other) { other.classList.toggle('is-active', other === chip); });
            var kind = chip.getAttribute('data-kind-filter');
            document.querySelectorAll('[data-kind]').forEach(function (card) {
                card.hidden = kind !== 'all' && card.getAttribute('data-kind') !== kind;
            });
        });
    });
}());
"""


def page() -> str:
    """The whole page."""
    kinds = list(dict.fromkeys(product[1] for product in PRODUCTS))
    cards = "\n\n\n".join(_card(place, product) for place, product in enumerate(PRODUCTS, 1))
    chips = "\n\n".join(
        f'<button type="button" class="chip" data-kind-filter="{kind}">\n    {kind}\n</button>' for kind in kinds
    )
    return (
        block(f"""
<!DOCTYPE html>
<html lang="en">
    <head>
        <!-- BEGIN: partials/head.html -->
        <meta charset="utf-8">
        <title>Alder &amp; Loom: things for a quiet kitchen</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="description" content="Stoneware, linen and wood, made slowly in one valley.">
        <!-- Inlined at build time so that the first paint does not wait -->
        <style>
            {indent(utilities("u-"), 12)}
        </style>
        <style>
            {indent(_CSS.strip(), 12)}
        </style>
        <!-- END: partials/head.html -->
    </head>
    <body class="page page--listing">
        <!-- BEGIN: partials/header.html -->
        <div class="notice">
            Spring firing is out of the kiln: free delivery from 60 until Sunday.
        </div>
        <header class="header" role="banner">
            <div class="wrap">
                <div class="header__row">
                    <a class="brand" href="/">
                        Alder <em>&amp;</em> Loom
                    </a>

                    <nav class="nav" aria-label="Main">
                        <a class="nav__link is-active" href="/kitchen">Kitchen</a>
                        <a class="nav__link" href="/table">Table</a>
                        <a class="nav__link" href="/bath">Bath</a>
                        <a class="nav__link" href="/workshop">The workshop</a>
                        <a class="nav__link" href="/repairs">Repairs</a>
                    </nav>

                    <div class="header__tools">
                        <button class="tool" type="button" aria-label="Search">
                            {indent(icon("search", 22), 28)}
                        </button>
                        <button class="tool" type="button" aria-label="Basket">
                            {indent(icon("bag", 22), 28)}
                            <span class="tool__count" data-basket-count>0</span>
                        </button>
                    </div>
                </div>
            </div>
        </header>
        <!-- END: partials/header.html -->

        <main id="content" class="main" role="main">
            <div class="wrap">
                <!-- BEGIN: blocks/hero.html (campaign: spring-firing) -->
                <section class="hero">
                    <div class="hero__text">
                        <h1>Things for a quiet kitchen</h1>
                        <p>
                            Forty pieces from nine workshops, all within a morning's walk of each other.
                            Nothing here is new every season. Everything can be mended.
                        </p>
                        <p>
                            <a class="button" href="#listing">See the shelf</a>
                            <a class="button button--ghost" href="/workshop">Meet the makers</a>
                        </p>
                    </div>
                    <div class="hero__art">
                        {indent(_art("Jugs", 100, 240), 24)}
                    </div>
                </section>
                <!-- END: blocks/hero.html -->

                <section class="promises" aria-label="What we promise">
                    <div class="promise">
                        {indent(icon("truck", 26), 24)}
                        <div>
                            <strong>Packed in straw</strong>
                            Broken on the way? We send another the same day.
                        </div>
                    </div>
                    <div class="promise">
                        {indent(icon("leaf", 26), 24)}
                        <div>
                            <strong>Fired by the river</strong>
                            The kiln runs on the mill's own turbine.
                        </div>
                    </div>
                    <div class="promise">
                        {indent(icon("clock", 26), 24)}
                        <div>
                            <strong>Mended for life</strong>
                            Chips and cracks are filled with gold or with patience.
                        </div>
                    </div>
                </section>

                <!-- BEGIN: blocks/filters.html -->
                <div class="filters" role="group" aria-label="Filter by kind">
                    <button type="button" class="chip is-active" data-kind-filter="all">
                        Everything
                    </button>

                    {indent(chips, 20)}
                </div>
                <!-- END: blocks/filters.html -->

                <!-- BEGIN: blocks/listing.html (page 1 of 1, 40 items, sort: hand-picked) -->
                <section class="grid" id="listing" aria-label="Products">
                    {indent(cards, 20)}
                </section>
                <!-- END: blocks/listing.html -->
            </div>
        </main>

        <!-- BEGIN: partials/footer.html -->
        <footer class="footer" role="contentinfo">
            <div class="wrap">
                <div class="footer__row">
                    <div>
                        <h2>Alder &amp; Loom</h2>
                        <p>
                            A shop run by the people who make what is in it. The valley road is narrow:
                            write before you visit, and we will put the kettle on.
                        </p>
                    </div>
                    <div>
                        <h2>Help</h2>
                        <ul>
                            <li><a href="/delivery">Delivery</a></li>
                            <li><a href="/returns">Returns</a></li>
                            <li><a href="/repairs">Repairs</a></li>
                        </ul>
                    </div>
                    <div>
                        <h2>Workshop</h2>
                        <ul>
                            <li><a href="/visit">Visit</a></li>
                            <li><a href="/classes">Classes</a></li>
                            <li><a href="/letters">Letters</a></li>
                        </ul>
                    </div>
                </div>
                <p class="visually-hidden" aria-live="polite" data-live></p>
            </div>
        </footer>
        <!-- END: partials/footer.html -->

        <script>
            {indent(_SCRIPT.strip(), 12)}
        </script>
    </body>
</html>
""")
        + "\n"
    )


def _card(place: int, product: tuple[str, str, int, int, int, int, int, str]) -> str:
    name, kind, price, before, rating, reviews, hue, blurb = product
    slug = name.lower().replace(" ", "-")
    money = f"&euro;{price // 100}.{price % 100:02d}"
    if before:
        money = f"<ins>{money}</ins> <del>&euro;{before // 100}.{before % 100:02d}</del>"
    badge = '<span class="card__badge">\n    Seconds sale\n</span>' if before else ""
    return block(f"""
<!-- product {place} -->
<article class="card" data-kind="{kind}" data-sku="AL-{1000 + place}" itemscope itemtype="https://schema.org/Product">
    <div class="card__figure" style="background: hsl({hue}, 34%, 88%); color: hsl({hue}, 30%, 34%)">
        {indent(_art(kind, hue, 132), 8)}

        {indent(badge, 8)}

        <button class="card__save" type="button" aria-label="Keep {name} for later">
            {indent(icon("heart", 18), 12)}
        </button>
    </div>
    <div class="card__body">
        <span class="card__kind">{kind}</span>
        <h2 class="card__name" itemprop="name">
            <a href="/kitchen/{slug}" title="{name}">
                {name}
            </a>
        </h2>
        <p class="card__blurb" itemprop="description">
            {blurb}
        </p>
        <div class="rating" title="{rating / 10} of 5">
            <div class="rating__stars" aria-hidden="true">
                {indent(stars(rating), 16)}
            </div>
            <span class="rating__count">
                {rating / 10} ({reviews})
            </span>
        </div>
        <div class="card__foot">
            <span class="price">
                {money}
            </span>
            <button class="add" type="button" data-add="{name}">
                Add
            </button>
        </div>
    </div>
</article>""")


def _art(kind: str, hue: int, size: int) -> str:
    return block(f"""
<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 100 100" role="img" aria-label="{kind}">
    <g fill="currentColor" fill-opacity=".18" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round">
        <path d="{SHAPES[kind]}"></path>
    </g>
</svg>""") + (f"\n<!-- tint {hue} -->" if size < 200 else "")
