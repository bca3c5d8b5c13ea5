// Runs in the frame that shows somebody's page, made inert: says which element was clicked, by its number alone.

function tell(event) {
  const element = event.target.closest('[data-number]');
  if (!element) return;
  event.preventDefault();
  parent.postMessage({ picked: Number(element.dataset.number) }, '*');
}

document.documentElement.classList.add('ready');
document.addEventListener('click', tell);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter') tell(event); });
for (const element of document.querySelectorAll('u[data-number]')) element.tabIndex = 0;
