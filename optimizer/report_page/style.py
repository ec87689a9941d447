"""The report page's style and its few lines of script."""

from __future__ import annotations

__all__ = ["SCRIPT", "STYLE"]

STYLE = """
:root{color-scheme:light dark;--ground:#f5f6f3;--card:#fff;--ink:#14201b;--soft:#56635c;--line:#e3e7e2;--accent:#0a6e4c;
--accent-soft:#dcf3e8;--warn:#7a5200;--warn-soft:#fbefd6;--bad:#b0261e;--bad-soft:#fbe5e2;--tile-ink:#14201b}
@media(prefers-color-scheme:dark){:root{--ground:#0c1210;--card:#141c19;--ink:#e9efeb;--soft:#9cada4;--line:#25302b;
--accent:#4be3a4;--accent-soft:#11372a;--warn:#f0bf66;--warn-soft:#3a2c10;--bad:#ff8d85;--bad-soft:#43191a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:1.05rem;font-weight:600;margin:0;overflow-wrap:anywhere;color:var(--soft)}
h2{font-size:1.1rem;margin:0 0 12px}
.big{font-size:clamp(2.2rem,7vw,3.6rem);font-weight:700;letter-spacing:-.03em;line-height:1.1;margin:8px 0 4px}
.lead{color:var(--soft);margin:0 0 20px;max-width:70ch}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px;margin-top:20px}
.state{display:inline-block;border-radius:99px;padding:3px 12px;font-weight:600;font-size:.9rem}
.same{background:var(--accent-soft);color:var(--accent)}.unjudged,.unavailable,.off{background:var(--warn-soft);
color:var(--warn)}.differs{background:var(--bad-soft);color:var(--bad)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:6px 10px;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:600;color:var(--soft);font-size:.85rem}th:first-child,td:first-child{text-align:left;white-space:normal;
padding-left:0}td.words{white-space:normal;text-align:left}tr:last-child td{border-bottom:0}
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
figure{margin:0 0 20px}figcaption{color:var(--soft);font-size:.9rem;margin-bottom:8px}
.slider{--cut:50%;max-width:100%}
.frame{position:relative;max-height:70vh;overflow:auto;border:1px solid var(--line);border-radius:8px;background:#fff}
.frame div{position:relative}.frame img{display:block;width:100%}
.frame .over{position:absolute;inset:0;clip-path:inset(0 calc(100% - var(--cut)) 0 0)}
.frame .edge{position:absolute;top:0;bottom:0;left:var(--cut);width:2px;margin-left:-1px;background:var(--accent)}
.control{display:flex;gap:12px;align-items:center;margin:8px 0}.control input{flex:1;accent-color:var(--accent);
min-width:0;height:28px}
.narrow{max-width:390px}
svg{display:block;width:100%;height:auto}svg text{font:600 13px system-ui,sans-serif;fill:#14201b}
svg rect{stroke:var(--card);stroke-width:2}
.key{display:inline-block;width:.8em;height:.8em;border-radius:3px;margin-right:.5em}
ul{margin:0;padding-left:1.2em}li{margin:4px 0;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.85rem;margin-top:24px;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media(max-width:480px){main{padding:20px 12px 48px}section{padding:14px}}
@media print{.frame{max-height:none;overflow:visible}}
"""

SCRIPT = """
for (const slider of document.querySelectorAll('.slider'))
  slider.querySelector('input').addEventListener('input', event => {
    slider.style.setProperty('--cut', event.target.value + '%');
  });
"""
