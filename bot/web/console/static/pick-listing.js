// Takes the number of the element that was clicked in the frame for the part that is being chosen, and loads the result.

const frame = document.querySelector('iframe.picked-page');
const parts = document.querySelector('.pick-part');
parts.hidden = false;

addEventListener('message', (event) => {
  // The frame has an origin of its own, and whatever runs in it may say no more than a number.
  const number = event.data?.picked;
  if (event.source !== frame.contentWindow || event.origin !== 'null' || !Number.isSafeInteger(number) || number < 0) return;
  const here = new URL(location.href);
  const part = parts.querySelector('input:checked').value;
  const chosen = new URLSearchParams({ url: here.searchParams.get('url'), version: frame.dataset.version, part });
  for (const [name, value] of here.searchParams) if (name.startsWith('pick-')) chosen.set(name, value);
  chosen.set(`pick-${part}`, number);
  if (chosen.has('pick-title')) location.assign(`${here.pathname}?${chosen}`);
});
