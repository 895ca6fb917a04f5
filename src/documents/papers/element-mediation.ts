import { band, box, row } from "./element-form.ts";
import type { PaperFacts } from "./facts.ts";
import { type Asked, type Form, line } from "./form.ts";
import type { Known, Line, PaperBlock } from "./paper.ts";

const BENEFITS = [
  "1. 立案后选择先行调解的，可以很快启动调解程序。如不同意调解，法院将依程序开庭审理案件，但可能需要经过较长一段时间的排期等待，且审理、执行周期相对较长。",
  "2. 选择先行调解，调解成功且自动履行的免交诉讼费用，申请司法确认的不交纳诉讼费用，要求出具调解书的减半交纳诉讼费用。",
  "3. 首次调解不成功，但仍有继续调解意愿的，可以选择更换调解组织和调解员再进行调解。调解无法达成一致意见的，法院将依程序排期开庭。",
  "4. 依照法律规定，调解具有保密性要求，调解过程不公开，调解协议未经当事人同意不得公开。",
  "5. 调解达成的协议具有法律效力，可以依照法律规定申请司法确认，具有强制执行效力。",
];

export function mediationBlocks(form: Form, { wishes }: PaperFacts): PaperBlock[] {
  const asked = (gloss: string, key: string): Asked => ({
    gloss,
    need: "warn",
    home: { from: "settings", at: `mediation.${key}` },
  });
  const understood = (known: Known<boolean> | undefined): Line => [
    "了解",
    box(known?.value === true),
    "　不了解",
    box(known?.value === false),
  ];
  const says = (yes: boolean): string => (yes ? "了解" : "不了解");
  form.say(
    "mediation.known",
    "是否了解调解",
    wishes.mediationKnown,
    asked("knows what mediation is", "known"),
    says,
  );
  form.say(
    "mediation.benefits",
    "是否了解先行调解的好处",
    wishes.mediationBenefits,
    asked("knows its five benefits", "benefits"),
    says,
  );
  const willing = form.choice(
    "mediation.first",
    "是否考虑先行调解",
    wishes.mediation,
    asked("willing to mediate first", "first"),
    [
      ["yes", "是"],
      ["no", "否"],
      ["undecided", "暂不确定，想要了解更多内容"],
    ],
  );
  return [
    band("对纠纷解决方式的意愿"),
    row(
      "是否了解调解作为非诉讼纠纷解决方式，能及时、高效、低成本、不伤和气地解决纠纷",
      understood(wishes.mediationKnown),
    ),
    row(
      "是否了解先行调解解决纠纷的好处",
      ...BENEFITS.flatMap((text): Line[] => [[text], understood(wishes.mediationBenefits)]),
    ),
    row("是否考虑先行调解", line(willing)),
  ];
}
