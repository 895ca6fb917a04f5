import { useEffect, useRef } from "react";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute("role") === "combobox");

/**
 * Single keys of a page. None counts while somebody types, while a dialog is open (unless it is the dialog's own), or together
 * with Ctrl, Alt or ⌘, so that no browser's and no screen reader's own keys are taken.
 */
export function useKeys(
  keys: Readonly<Record<string, () => void>>,
  options: { readonly within?: "dialog" } = {},
): void {
  const now = useRef(keys);
  now.current = keys;
  const { within } = options;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target))
        return;
      if (
        within === undefined &&
        document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-drawer-open")
      )
        return;
      const act = now.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [within]);
}
