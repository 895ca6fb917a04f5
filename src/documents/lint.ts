/** A half-width mark beside a Chinese character: lines break and space visibly worse at it. */
const BESIDE = /[\u3400-\u9fff][,;:!?()]|[,;:!?()][\u3400-\u9fff]|[\u3400-\u9fff]\.(?!\d)/gu;

/** Half-width punctuation in Chinese text, each with the characters around it. */
export const asciiPunctuation = (text: string): readonly string[] =>
  [...text.matchAll(BESIDE)].map(({ index }) => text.slice(Math.max(0, index - 4), index + 6));
