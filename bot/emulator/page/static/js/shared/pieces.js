// A text that is too long for one message goes as several, cut at a line's end or a blank, as apps do.

export function pieces(text, longest) {
  const rest = [...text];
  const cut = [];
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((place) => place > longest / 2) ?? longest;
    cut.push(rest.splice(0, at).join(''));
  }
  return [...cut, rest.join('')].map((piece) => piece.trim()).filter(Boolean);
}
