// A short word to the person, which goes away by itself.

let timer;

export function toast(text) {
  const element = document.getElementById('toast');
  element.textContent = text;
  element.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => element.classList.remove('shown'), Math.max(3000, text.length * 60));
}
