from optimizer.css.page_index import PageIndex
from optimizer.css.words import ScriptNames

class Parts:
    def __init__(self, page: PageIndex, names: ScriptNames) -> None: ...
