"""The passes that a recipe can name."""

from __future__ import annotations

from optimizer.errors import RecipeInvalidError
from optimizer.passes import (
    collapse_white_space,
    collapse_wrapper,
    drop_comment,
    drop_empty_attribute,
    drop_optional_end,
    duplicate_script,
    duplicate_style,
    hidden_white_space,
    minify_script,
    never_shown,
    normalize_tag,
    short_data,
    short_path,
    short_reference,
    short_style_attribute,
    unused_attribute,
    unused_css,
)
from optimizer.passes.shape import Decision, Kept, Pass

__all__ = ["PASSES", "Decision", "Kept", "Pass", "passes_of"]

_MODULES = (
    collapse_white_space,
    collapse_wrapper,
    drop_comment,
    drop_empty_attribute,
    drop_optional_end,
    duplicate_script,
    duplicate_style,
    hidden_white_space,
    minify_script,
    never_shown,
    normalize_tag,
    short_data,
    short_path,
    short_reference,
    short_style_attribute,
    unused_attribute,
    unused_css,
)
PASSES: dict[str, Pass] = {module.PASS.name: module.PASS for module in _MODULES}


def passes_of(names: tuple[str, ...]) -> tuple[Pass, ...]:
    """The passes of these names. Raises RecipeInvalidError for one that does not exist or comes twice."""
    for place, name in enumerate(names):
        if name not in PASSES:
            raise RecipeInvalidError(f"there is no pass {name!r}")
        if name in names[:place]:
            raise RecipeInvalidError(f"it names the pass {name!r} twice")
    return tuple(PASSES[name] for name in names)
