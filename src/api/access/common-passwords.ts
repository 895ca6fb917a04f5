/**
 * Passwords that are tried first. A list of leaked ones is mostly the same few hundred words with a year, a run of keys or some
 * signs behind them; so the words are kept and what people make of them is computed, which covers far more than any list.
 */
const WORDS = `
password passwort passwd pass passcode secret geheim login logon signin welcome letmein access master admin administrator root
user guest test testing demo sample temp temporary default system server database backup service support office company changeme
change newpass mypass computer internet network windows linux apple google samsung iphone android facebook twitter instagram
wechat weixin alipay taobao qq tencent baidu monkey dragon tiger lion eagle falcon phoenix panda wolf bear horse cat dog kitty
puppy bunny butterfly dolphin shark spider turtle chicken pepper ginger cookie chocolate banana orange lemon cherry peach apple
strawberry coffee pizza cheese butter sugar honey candy sweet cocacola football soccer baseball basketball hockey tennis golf
cricket rugby racing swimming running liverpool arsenal chelsea barcelona madrid juventus manchester united yankees cowboys
lakers superman batman spiderman ironman pokemon pikachu naruto starwars matrix hunter killer ninja samurai warrior soldier
wizard magic merlin shadow ghost angel devil heaven jesus christ god bless faith hope trust peace freedom liberty justice
love iloveyou loveyou lovely lover forever always together friend friends family mother father mommy daddy mama papa baby
babygirl babyboy princess prince queen king sunshine sunny summer winter spring autumn monday tuesday wednesday thursday friday
saturday sunday january february march april may june july august september october november december morning night today
flower rose lily daisy jasmine violet orchid forest river ocean mountain island beach star stars moon rainbow thunder storm
snow fire water earth diamond crystal silver golden gold platinum money dollar million lucky winner champion player game gamer
gaming minecraft roblox hello hallo bonjour goodbye thank thanks please nothing whatever something anything secure security
private personal business manager director finance account banking loan credit debit payment
michael jennifer jessica ashley daniel matthew andrew joshua anthony robert william james john david richard thomas charles
george edward alexander nicole michelle amanda samantha victoria elizabeth maria anna julia sarah laura emily hannah charlie
maggie buster bailey harley jordan taylor hunter austin dallas london paris berlin tokyo beijing shanghai shenzhen guangzhou
hangzhou chengdu china zhongguo america england canada australia germany france
woaini woaiwo woaijia aini aiwo wode mima nihao laopo laogong baobao baobei qinai haoren zhang wang zhao chen yang huang zhou
liu lin xiao long feng kuaile gongxi facai pingan xingfu meinv shuaige
woaini1314 a123456 abc123 asd123 qwe123 zxc123 admin123 root123 abcd abcdef abcdefg xyz iloveu fuckyou fuck shit asshole bitch
trustno access14 mustang corvette ferrari porsche mercedes toyota honda yamaha
`
  .trim()
  .split(/\s+/);

/** Rows and slopes of a keyboard, and the digits that people are fond of. */
const RUNS = [
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "qwertzuiop",
  "azertyuiop",
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qazwsxedcrfvtgbyhnujmikolp",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "1q2w3e4r5t6y7u8i9o0p",
  "147258369",
  "159357",
  "5201314",
  "1314520",
  "7758521",
  "168168",
  "112233445566778899",
];
const BOTH_WAYS = RUNS.flatMap((run) => [run, [...run].reverse().join("")]);
const LEAST_RUN = 3;

/** Letters that signs stand for. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "l",
  "+": "t",
};

/** What is left of a password besides such pieces has to be this much. */
const LEAST_OWN = 4;

/**
 * Whether a password is made of little else than words and runs that everybody tries.
 *
 * Takes   the password, and words of this place: his name, the lender's, the product's.
 * Holds   the work grows with its length, whatever it holds: each place looks only at pieces that begin there.
 */
export function isCommon(password: string, ofHere: readonly string[] = []): boolean {
  const plain = unitOf([...password.normalize("NFKC").toLowerCase()]);
  const read = plain.map((sign) => STANDS_FOR[sign] ?? sign);
  const here = ofHere
    .flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 3);
  const pieces = new Set([...WORDS, ...here]);
  const longest = Math.max(...[...pieces].map((word) => [...word].length));
  /** For each place, how many signs of the rest belong to no piece, at best. */
  const own = new Array<number>(plain.length + 1).fill(0);
  for (let at = plain.length - 1; at >= 0; at--) {
    let best = own[at + 1]! + (/[\p{L}\p{N}]/u.test(plain[at]!) ? 1 : 0.25);
    for (let length = 3; length <= longest && at + length <= plain.length; length++) {
      const end = at + length;
      if (pieces.has(plain.slice(at, end).join("")) || pieces.has(read.slice(at, end).join("")))
        best = Math.min(best, own[end]!);
    }
    for (const end of [sameUntil(plain, at), runUntil(plain, at), dateUntil(plain, at)])
      if (end > at) best = Math.min(best, own[end]! + 0.5);
    own[at] = best;
  }
  return own[0]! < LEAST_OWN;
}

/** One sign three times or more. */
function sameUntil(signs: readonly string[], at: number): number {
  let end = at + 1;
  while (end < signs.length && signs[end] === signs[at]) end += 1;
  return end - at >= LEAST_RUN ? end : at;
}

function runUntil(signs: readonly string[], at: number): number {
  let longest = at;
  for (const run of BOTH_WAYS)
    for (let from = run.indexOf(signs[at]!); from >= 0; from = run.indexOf(signs[at]!, from + 1)) {
      let end = at;
      while (end < signs.length && from + end - at < run.length && run[from + end - at] === signs[end])
        end += 1;
      if (end - at >= LEAST_RUN && end > longest) longest = end;
    }
  return longest;
}

/** A year, or a day as 19900131, 900131 or 1990-01-31. */
function dateUntil(signs: readonly string[], at: number): number {
  const found = /^(?:(?:19|20)\d\d(?:[-./]?[01]\d[-./]?[0-3]\d)?|\d\d[01]\d[0-3]\d)/.exec(
    signs.slice(at, at + 10).join(""),
  );
  return found ? at + found[0].length : at;
}

/** What is written again and again is worth as much as once. */
function unitOf(signs: readonly string[]): readonly string[] {
  for (let period = 1; period * 2 <= signs.length; period++)
    if (signs.every((sign, i) => sign === signs[i % period])) return signs.slice(0, period);
  return signs;
}
