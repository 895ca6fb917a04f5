import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useSay, useSettings } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";

/** Language and theme. */
export function Switches() {
  const say = useSay();
  const { lang, setLang, theme, setTheme } = useSettings();
  const other = say(theme === "dark" ? frame.toLight : frame.toDark);
  return (
    <div className="switches">
      <Button
        type="text"
        lang={lang === "zh" ? "en" : "zh-CN"}
        onClick={() => setLang(lang === "zh" ? "en" : "zh")}
      >
        {say(frame.otherLanguage)}
      </Button>
      <Button
        type="text"
        aria-label={other}
        title={other}
        icon={theme === "dark" ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
      />
    </div>
  );
}
