import { useReasons } from "../lib/cited.ts";

/** Why a step was not made, each reason a line; the name of the rule stands behind it. */
export function Reasons({ of }: { readonly of: readonly string[] }) {
  const reason = useReasons();
  return (
    <>
      {of.map((id) => (
        <div key={id} className="soft" title={id}>
          {reason(id)}
        </div>
      ))}
    </>
  );
}
