/**
 * Text as the rules on words read it: letters and characters only, in one form, each with its place in the text as
 * written. What people put between or instead of characters to slip past a list of words (spaces, dots, full width,
 * invisible marks, traditional forms, digits for letters) falls away here, once, so that no rule has to think of it.
 */

/** What stands at a code unit: a folded character from 1 up, or one of these. */
const DROPPED = 0;
const SPACE = -1;
const CLAUSE = -2;
const SENTENCE = -3;
const OPEN = -4;

/** The folded text, in arrays of equal length `n`. They are used again by the next call. */
export interface Folded {
  n: number;
  /** Folded code unit: `a`–`z` (with `l` as `i`), digits, simplified characters. */
  code: Uint16Array;
  /** Where it begins and ends in the text as written. */
  from: Uint32Array;
  to: Uint32Array;
  /** 1 where a run of letters or characters begins, 2 where only an odd mark parts it from the one before (`arr*est`). */
  start: Uint8Array;
  /**
   * What stands before it: 0 nothing that counts, 1 the end of a clause, 2 the end of a sentence; 3 and 4 the same beside
   * a character that stands alone, where the mark may be there to take a word apart.
   */
  stop: Uint8Array;
  /** Whether it holds Chinese characters, and Latin letters. */
  chinese: boolean;
  latin: boolean;
}

/**
 * Traditional forms of the characters that the rules use, with variants that stand in for one another. Only these:
 * a whole table would be someone else's work, and no rule would ask for more of it.
 */
const VARIANTS =
  "報报 執执 傳传 喚唤 訴诉 訟讼 決决 書书 檢检 偵侦 關关 機机 構构 長长 員员 護护 衛卫 師师 務务 處处 罰罚 獄狱 監监 親亲 屬属 單单 據据 號号 電电 話话 " +
  "錄录 簡简 訊讯 網网 絡络 聯联 係系 繫系 鄰邻 裡里 裏里 學学 兒儿 孫孙 媽妈 爺爷 殺杀 斷断 腳脚 騷骚 擾扰 恥耻 無无 賴赖 騙骗 賤贱 豬猪 廢废 頭头 臉脸 " +
  "丟丢 醜丑 榮荣 譽誉 徵征 壞坏 帳账 戶户 轉转 還还 貸贷 債债 錢钱 費费 額额 過过 時时 後后 則则 將将 會会 們们 個个 與与 為为 爲为 這这 對对 從从 來来 " +
  "說说 請请 讓让 應应 實实 際际 證证 認认 誤误 異异 議议 協协 調调 聲声 嚴严 厲厉 邊边 當当 發发 開开 張张 貼贴 佈布 傷伤 強强 製制 凍冻 結结 產产 財财 " +
  "賣卖 買买 車车 門门 現现 場场 進进 適适 選选 遠远 滯滞 納纳 違违 約约 經经 濟济 詐诈 惡恶 隊队 組组 級级 銀银 條条 規规 責责 權权 絕绝 終终 歡欢 幫帮 " +
  "語语 鈴铃 鐘钟 鄉乡 鎮镇 縣县 區区 辦办 臺台 灣湾 審审 緊紧 連连 續续 體体 團团 問问 閱阅 滿满 數数 筆笔 總总 傢家 視视 頻频 圖图 囬回 迴回 戸户 帐账 " +
  "賬账 僞伪 偽伪 撥拨 舉举 緝缉 繳缴 縮缩 餘余 許许 導导 達达 雙双 復复 設设 計计 劃划 類类 業业 並并 併并 喫吃 孃娘 嬭奶 屍尸 儘尽 盡尽 擔担 擁拥 擇择 " +
  "攔拦 搶抢 損损 採采 擊击 敗败 敵敌 於于 曉晓 東东 極极 樣样 歲岁 歸归 殘残 殼壳";

/** Letters of other alphabets that look like Latin ones. */
const LOOKALIKES = "аa вb сc еe нh іi јj кk мm оo рp ѕs тt уy хx αa βb εe ηn ιi κk μm νv οo ρp τt υu χx ıi";

/** Digits and marks for letters, as people write them inside a word. `1` may be `i` or `l`; both fold to `i`. */
const LEET: ReadonlyMap<number, number> = new Map(
  ["0o", "1i", "3e", "4a", "5s", "7t", "8b", "@a", "$s"].map((pair) => [
    pair.charCodeAt(0),
    pair.charCodeAt(1),
  ]),
);

const replaced = new Map<number, number>();
for (const pair of `${VARIANTS} ${LOOKALIKES}`.split(" "))
  replaced.set(pair.charCodeAt(0), pair.charCodeAt(1));
replaced.set(0x6c, 0x69);

const UNKNOWN = -9;
/** What each code unit folds to, found out once. */
const known = new Int32Array(0x10000).fill(UNKNOWN);
const MARKS = /^[\p{M}\p{Cf}]$/u;
const WORD = /^[\p{L}\p{N}]$/u;
const SENTENCE_ENDS = "。!！?？;；\n\r…⋯\u2028\u2029";
const CLAUSE_ENDS = ",，:：【】[]{}\t—–";

const isHan = (code: number): boolean =>
  (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff);
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLatin = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || isDigit(code);

function foldPoint(point: string): number {
  if (SENTENCE_ENDS.includes(point)) return SENTENCE;
  if (point === "【" || point === "[") return OPEN;
  if (CLAUSE_ENDS.includes(point)) return CLAUSE;
  if (MARKS.test(point)) return DROPPED;
  // The first character of what it is made of: é is e, ﬁ and ㈱ are met too seldom to take two places.
  const plain = point.normalize("NFKD").toLowerCase();
  const first = String.fromCodePoint(plain.codePointAt(0)!);
  if (!WORD.test(first)) return SPACE;
  const code = first.length === 1 ? first.charCodeAt(0) : 0xfffd;
  return replaced.get(code) ?? code;
}

function foldUnit(code: number): number {
  let folded = known[code]!;
  if (folded === UNKNOWN) {
    folded = foldPoint(String.fromCharCode(code));
    known[code] = folded;
  }
  return folded;
}

/** Characters beyond the first plane: mathematical letters fold to plain ones, pictures are spaces. */
const beyond = new Map<number, number>();
function foldPair(text: string, at: number): number {
  const point = text.codePointAt(at)!;
  let folded = beyond.get(point);
  if (folded === undefined) {
    folded = foldPoint(String.fromCodePoint(point));
    if (beyond.size < 5000) beyond.set(point, folded);
  }
  return folded;
}

const room = (size: number): Folded => ({
  n: 0,
  code: new Uint16Array(size),
  from: new Uint32Array(size),
  to: new Uint32Array(size),
  start: new Uint8Array(size),
  stop: new Uint8Array(size),
  chinese: false,
  latin: false,
});
let scratch = room(1024);

/** Longest placeholder, braces included. */
const LONGEST_NAME = 80;

/**
 * Folds a text.
 *
 * Takes   any text. `{{name}}` is a filler: it stands for words that are not there yet, and separates nothing.
 * Gives   the folded text; it is overwritten by the next call.
 * Holds   linear in the text's length; the same text gives the same.
 */
export function fold(text: string): Folded {
  if (scratch.code.length < text.length) scratch = room(text.length * 2);
  const { code, from, to, start, stop } = scratch;
  let n = 0;
  let chinese = false;
  let latin = false;
  /** Where the run began, and what stood before it; 0 where nothing interrupts it yet. */
  let runFrom = 0;
  let before = 0;
  /** Whether a run ended, and how: 1 by what ends words, 2 by another mark. */
  let spaced = 1;
  let alone = false;
  const endRun = (): void => {
    const length = n - runFrom;
    if (length === 0) return;
    // A character between two stops is spelled out, and the stops around it end nothing: `j. a. i. l.`, 拘。留。
    const single = length === 1 && !isDigit(code[runFrom]!);
    const stopped = stop[runFrom] !== 0;
    if (stopped && (alone || (single && before !== 0))) stop[runFrom]! += 2;
    alone = single && stopped;
    if (length > 1) letters(code, runFrom, n);
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let width = 1;
    let folded: number;
    if (unit >= 0xd800 && unit <= 0xdbff && i + 1 < text.length) {
      folded = foldPair(text, i);
      width = 2;
    } else folded = foldUnit(unit);
    if (unit === 0x7b && text.charCodeAt(i + 1) === 0x7b) {
      // Looked for nearby only, or a text of opening braces would be read to its end at each of them.
      const end = text.slice(i, i + LONGEST_NAME).indexOf("}}");
      if (end > 0) {
        i += end + 1;
        spaced = 1;
        continue;
      }
    }
    if (folded === SPACE && (unit === 0x40 || unit === 0x24) && nextIsLetter(text, i))
      folded = LEET.get(unit)!;
    if (folded > 0) {
      const wasLatin = n > 0 && isLatin(code[n - 1]!);
      const han = isHan(folded);
      if (han) chinese = true;
      else if (!isDigit(folded)) latin = true;
      if (spaced !== 0 || wasLatin === han) {
        endRun();
        runFrom = n;
        start[n] = spaced === 2 ? 2 : 1;
        stop[n] = before;
        before = 0;
      } else {
        start[n] = 0;
        stop[n] = 0;
      }
      spaced = 0;
      code[n] = folded;
      from[n] = i;
      to[n] = i + width;
      n += 1;
    } else if (folded !== DROPPED) {
      if (spaced !== 1) spaced = folded === SPACE && !endsWords(unit) ? 2 : 1;
      const level = levelOf(folded, unit, text, i);
      if (level > before) before = level;
    }
    if (width === 2) i += 1;
  }
  before = 2;
  endRun();
  scratch.n = n;
  scratch.chinese = chinese;
  scratch.latin = latin;
  return scratch;
}

/** Blanks, quotation marks, apostrophes and brackets: what stands between words in good writing. */
const ENDS_WORDS = " '\"’‘“”()（）《》、<>/\u00a0\u3000";
const endsWords = (unit: number): boolean => ENDS_WORDS.includes(String.fromCharCode(unit));

/** A full stop or comma inside a figure, a name of a host or a spelled-out word ends nothing. */
function levelOf(folded: number, unit: number, text: string, at: number): 0 | 1 | 2 {
  if (unit === 0x2e) return at + 1 < text.length && foldUnit(text.charCodeAt(at + 1)) > 0 ? 0 : 2;
  if (folded === SENTENCE) return 2;
  if (folded === SPACE) return 0;
  if (unit === 0x2c && at + 1 < text.length && isLatin(foldUnit(text.charCodeAt(at + 1)))) return 0;
  return 1;
}

const nextIsLetter = (text: string, at: number): boolean => {
  if (at + 1 >= text.length) return false;
  const next = foldUnit(text.charCodeAt(at + 1));
  return next >= 0x61 && next <= 0x7a;
};

/** Digits after a letter, in a run that has letters, are read as the letters that they stand for: `arr3st`, `jai1`. */
function letters(code: Uint16Array, from: number, to: number): void {
  let seen = false;
  for (let i = from; i < to; i++) {
    const unit = code[i]!;
    if (isHan(unit)) return;
    if (!isDigit(unit)) seen = true;
    else if (seen) code[i] = LEET.get(unit) ?? unit;
  }
}

/** A word of a rule in the form in which texts are folded. */
export function foldWord(word: string): { readonly code: readonly number[]; readonly chinese: boolean } {
  const { n, code, chinese } = fold(word);
  return { code: Array.from(code.subarray(0, n)), chinese };
}
