// A text that is too long for one message goes as several, cut at a line's end or a blank, as Telegram's apps do.

const LONGEST = 4096;

export function pieces(text) {
  const rest = [...text];
  const cut = [];
  while (rest.length > LONGEST) {
    const head = rest.slice(0, LONGEST);
    const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((place) => place > LONGEST / 2) ?? LONGEST;
    cut.push(rest.splice(0, at).join(''));
  }
  return [...cut, rest.join('')].map((piece) => piece.trim()).filter(Boolean);
}
