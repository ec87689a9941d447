from optimizer.css.analysis import Judged
from optimizer.css.page_index import PageIndex
from optimizer.css.words import ScriptNames

class Asked:
    def __init__(self, names: ScriptNames, *, unread_styles: bool = False) -> None: ...
    def sweep(self, pages: list[PageIndex], judged: list[Judged]) -> None: ...
