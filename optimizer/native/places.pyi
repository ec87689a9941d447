from array import array

from core_ext.lexer import Tokens
from optimizer.native.page_tree import PageTree

def places(tree: PageTree, tokens: Tokens, page: bytes) -> array[int]: ...
def closes(tokens: Tokens) -> array[int]: ...
