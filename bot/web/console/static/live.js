// Keeps the parts of a page up to date that change by themselves. Without it, the page is loaded anew.

const EVERY = 5000;

async function refresh(part) {
  if (document.hidden || part.contains(document.activeElement)) return;
  try {
    const answer = await fetch(part.dataset.live, { headers: { Accept: 'text/html' } });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(answer.statusText);
    part.innerHTML = await answer.text();
    part.removeAttribute('data-is-lost');
  } catch {
    // What is shown is old; the words for that stand in the page, in the reader's language.
    part.setAttribute('data-is-lost', '');
  }
}

for (const part of document.querySelectorAll('[data-live]')) setInterval(refresh, EVERY, part);
