"""Categories of the kiosk's first page, as an administrator edits them."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from server.catalogue.editing import Part, check_free, form_of, give_names, note_change, own_english
from server.catalogue.models import Category, Service
from server.filling import Filling, Name, Words
from server.i18n import N_
from server.problems import Conflict
from server.work import Work

LAST_POSITION = 999
Position = Annotated[int, Field(ge=0, le=LAST_POSITION)]


class CategoryForm(Filling):
    """A category's names, and its place among the others (smaller first)."""

    name: Name
    name_en: Words = ""
    position: Position = 0


def _read(_work: Work, category: Category) -> CategoryForm:
    return CategoryForm(
        name=category.name, name_en=own_english(category), position=category.position
    )


def _write(work: Work, category: Category, form: CategoryForm) -> None:
    check_free(work, category, "name", Category.name == form.name, N_("已有同名的分类"))
    give_names(category, form.name, form.name_en)
    category.position = form.position


CATEGORY = Part("category", Category, CategoryForm, N_("没有这个分类"), _read, _write)


def remove_category(work: Work, category_id: int) -> None:
    """Remove a category without services. Raises NotFound, Conflict."""
    form = form_of(work, CATEGORY, category_id)
    category = CATEGORY.find(work, category_id)
    services = select(Service.id).where(Service.category_id == category.id).limit(1)
    if work.session.scalar(services) is not None:
        raise Conflict(N_("这个分类里还有事项，请先把它们移到别的分类"))
    work.session.delete(category)
    note_change(work, "category.remove", f"category:{category_id}", None, form)
