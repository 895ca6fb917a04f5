import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntApp, theme as antTheme, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useMemo } from "react";
import { radius, sans } from "../../tokens/tokens.ts";
import { ApiProblem } from "./lib/client.ts";
import { meQuery } from "./lib/session.ts";
import { SettingsProvider, useSettings } from "./lib/settings.tsx";
import { router } from "./router.tsx";

const queries = new QueryClient({
  mutationCache: new MutationCache({
    // Somebody was quicker: the page reads again what it shows, so that the next try is for what is there now.
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === "changed-meanwhile") void queries.invalidateQueries();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // A "no" is an answer; only what may pass by itself is asked again.
      retry: (failed, error) => failed < 2 && !(error instanceof ApiProblem && error.status < 500),
      // A server in the house is reached by a browser that thinks itself offline; waiting without a word helps nobody.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
queries.getQueryCache().subscribe((event) => {
  const { error } = event.query.state;
  if (event.type === "updated" && error instanceof ApiProblem && error.status === 401)
    queries.setQueryData(meQuery.queryKey, null);
});

/** The server gives each page a nonce of its own, without which no style that is made in the browser counts. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// antd hands its nonce to its themes, but not to the styles by which it measures scroll bars and locks the page below a dialog.
const createElement = document.createElement.bind(document);
document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = createElement(name, options);
  if (name === "style") element.nonce = nonce;
  return element;
};

function Themed() {
  const { lang, theme, tones } = useSettings();
  dayjs.locale(lang === "zh" ? "zh-cn" : "en");
  const themed = useMemo(
    () => ({
      algorithm: theme === "dark" ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
      token: {
        colorPrimary: tones.accent,
        colorLink: tones.accent,
        colorLinkHover: tones.accent,
        colorLinkActive: tones.accent,
        colorInfo: tones.accent,
        colorError: tones.error,
        colorWarning: tones.past,
        colorBgBase: tones.paper,
        colorBgLayout: tones.ground,
        colorBgContainer: tones.paper,
        colorBgElevated: tones.paper,
        colorTextBase: tones.ink,
        colorText: tones.ink,
        colorTextSecondary: tones.soft,
        // antd's own values of these fail AA.
        colorTextDescription: tones.soft,
        colorTextTertiary: tones.soft,
        colorTextPlaceholder: tones.soft,
        colorTextDisabled: tones.soft,
        colorBorder: tones.edge,
        colorBorderSecondary: tones.line,
        colorSplit: tones.line,
        borderRadius: radius,
        fontFamily: sans,
        fontSize: 14,
        controlHeight: 34,
        boxShadow: "none",
        boxShadowSecondary: "0 6px 24px rgb(0 0 0 / 12%)",
      },
      components: {
        Button: {
          primaryColor: tones.onAccent,
          defaultShadow: "none",
          primaryShadow: "none",
          fontWeight: 500,
        },
        Table: {
          headerBg: tones.paper,
          headerColor: tones.soft,
          headerSplitColor: "transparent",
          rowHoverBg: tones.wash,
          cellPaddingBlock: 10,
          cellPaddingInline: 12,
          borderColor: tones.line,
        },
        Segmented: { trackBg: tones.wash, itemSelectedBg: tones.paper, itemColor: tones.soft },
        Tabs: { titleFontSize: 14, itemColor: tones.soft },
      },
    }),
    [theme, tones],
  );
  return (
    <ConfigProvider
      locale={lang === "zh" ? zhCN : enUS}
      theme={themed}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp message={{ maxCount: 3 }}>
        <RouterProvider router={router} context={{ queries }} />
      </AntApp>
    </ConfigProvider>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <SettingsProvider>
        <Themed />
      </SettingsProvider>
    </QueryClientProvider>
  );
}
