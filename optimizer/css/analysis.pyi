from optimizer.css.matching import Matcher
from optimizer.css.sheet import Sheet

class Judged:
    def __init__(self, sheet: Sheet, matchers: list[Matcher]) -> None: ...
