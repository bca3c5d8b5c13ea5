"""What of a page is cut off, or lies beside what one can see: for the narrowest of phones."""

from playwright.async_api import Page

_CUT_OFF = """(part) => [document.documentElement, ...document.querySelectorAll(`${part}, ${part} *`)]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || element.closest('svg, .sr')) return false;
    const isBeside = box.left < -0.5 || box.right > innerWidth + 0.5;
    return isBeside || (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1);
  })
  .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`)"""


async def cut_off(page: Page, selector: str) -> list[str]:
    """Return the elements at and in *selector* that are wider than their place, or than the window."""
    found: list[str] = await page.evaluate(_CUT_OFF, selector)
    return found
