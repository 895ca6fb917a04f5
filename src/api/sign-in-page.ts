import { createHash } from "node:crypto";

/**
 * The page behind a sign-in link, until a console stands here. The secret is behind the #, so the browser sends it nowhere by
 * itself: the person presses a button, and only then is the link used up. A preview of a mail program cannot.
 */
const SCRIPT = `
const box = document.getElementById("box");
const words = navigator.language.toLowerCase().startsWith("zh")
  ? { go: "登录", gone: "此链接已使用、过期或不完整，请重新索取。", as: "已登录：", more: "可查询：" }
  : { go: "Sign in", gone: "This link is used, over or not whole; ask for another.", as: "Signed in as ", more: "To look at:" };
const show = (text) => { const p = document.createElement("p"); p.textContent = text; box.append(p); };
const link = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const me = async () => {
  const answer = await fetch("/v1/me");
  if (!answer.ok) return false;
  const { name, role, lender } = await answer.json();
  box.replaceChildren();
  show(words.as + name + " · " + role + " · " + lender);
  show(words.more);
  for (const url of ["/v1/me", "/v1/lender", "/v1/loans", "/v1/worklist", "/v1/rules", "/openapi.json"]) {
    const a = document.createElement("a");
    a.href = a.textContent = url;
    box.append(a, document.createElement("br"));
  }
  return true;
};
if (!link) me().then((ok) => { if (!ok) show(words.gone); });
else {
  const button = document.createElement("button");
  button.textContent = words.go;
  button.onclick = async () => {
    button.disabled = true;
    const answer = await fetch("/v1/session/link", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ link }) });
    if (!answer.ok || !(await me())) { box.replaceChildren(); show(words.gone); }
  };
  box.append(button);
}
`;

export const SIGN_IN_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Arrears</title></head>
<body><main><h1>Arrears</h1><div id="box"></div><noscript>Sign in by POST /v1/session/link.</noscript></main><script>${SCRIPT}</script></body></html>
`;

export const SIGN_IN_POLICY = `default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}'`;
