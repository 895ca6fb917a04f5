import { Button, Form, Input, Select } from "antd";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { complaintWords as words } from "../words/requests.ts";
import { choicesOf, SUM } from "./fields.tsx";

type What = keyof typeof words.corrections;
/** As the form has it: each part may still be missing. */
export interface CorrectionTyped {
  readonly loan?: string;
  readonly what?: What;
  readonly amount?: string;
  readonly of?: string;
}

/** What an outcome says is to be put right, loan by loan; a waiver has a sum and a kind of claim, the others a number. */
export function Corrections({ loans }: { readonly loans: readonly string[] }) {
  const say = useSay();
  const needed = [{ required: true, message: say(frame.needed) }];
  return (
    <Form.List name="corrections">
      {(rows, { add, remove }) => (
        <fieldset className="corrections">
          <legend>{say(words.correctionsOf)}</legend>
          {rows.map(({ key, name }) => (
            <div className="correction" key={key}>
              <Form.Item name={[name, "loan"]} label={say(words.correctionLoan)} rules={needed}>
                <Select options={loans.map((value) => ({ value, label: value }))} />
              </Form.Item>
              <Form.Item name={[name, "what"]} label={say(words.correctionWhat)} rules={needed}>
                <Select options={choicesOf(words.corrections, say)} />
              </Form.Item>
              <Form.Item noStyle shouldUpdate>
                {({ getFieldValue }) =>
                  getFieldValue(["corrections", name, "what"]) === "waiver" ? (
                    <>
                      <Form.Item
                        name={[name, "amount"]}
                        label={say(words.correctionSum)}
                        rules={[{ required: true, pattern: SUM, message: say(frame.sumHint) }]}
                      >
                        <Input inputMode="decimal" className="figure" />
                      </Form.Item>
                      <Form.Item name={[name, "of"]} label={say(words.correctionClaim)} rules={needed}>
                        <Select options={choicesOf(words.claims, say)} />
                      </Form.Item>
                    </>
                  ) : (
                    <Form.Item name={[name, "of"]} label={say(words.correctionOf)}>
                      <Input maxLength={200} />
                    </Form.Item>
                  )
                }
              </Form.Item>
              <Button size="small" onClick={() => remove(name)}>
                {say(words.dropCorrection)}
              </Button>
            </div>
          ))}
          <Button
            size="small"
            onClick={() => add(loans.length === 1 ? { loan: loans[0] } : {})}
            disabled={rows.length >= 20}
          >
            {say(words.addCorrection)}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
