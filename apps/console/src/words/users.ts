import { both } from "./both.ts";

/** Who may sign in, and what is done about it. */
export const userWords = {
  lead: both(
    "Who may sign in for this lender, in which role, and when he last did.",
    "本出借人的用户、角色与登录情况。",
  ),
  user: both("User", "用户"),
  name: both("Name", "姓名"),
  role: both("Role", "角色"),
  party: both("For", "所属"),
  how: both("Signs in by", "登录方式"),
  password: both("password", "密码"),
  code: both("code", "动态码"),
  passkeys: both(
    (n: number) => (n === 1 ? "1 passkey" : `${n} passkeys`),
    (n: number) => `${n} 个通行密钥`,
  ),
  notSet: both("nothing set yet", "尚未设置"),
  last: both("Last came in", "最近登录"),
  never: both("never", "从未"),
  sessions: both("Open sessions", "当前会话"),
  state: both("State", "状态"),
  on: both("may sign in", "可登录"),
  off: both("suspended", "已停用"),
  none: both("No user yet", "暂无用户"),
  act: both("Change", "操作"),
  acts: both(
    (user: string) => `Change ${user}`,
    (user: string) => `操作 ${user}`,
  ),
  invite: both("Invite somebody", "邀请用户"),
  inviteLead: both(
    "He gets a link that works once within a day; by it he sets a password and a code. You hand it to him yourself.",
    "对方凭一日内有效的一次性链接设置密码与动态码；链接由您亲自转交。",
  ),
  inviteUser: both("User name", "用户名"),
  inviteUserHint: both("Never given to another person later", "以后不再分配给他人"),
  changeRole: both("Change the role", "更改角色"),
  changeRoleLead: both(
    "His sessions end when it is changed; he signs in again with the new role.",
    "更改后其会话立即结束，须以新角色重新登录。",
  ),
  reset: both("Reset how he signs in", "重置登录方式"),
  resetLead: both(
    "Password, code and passkeys are taken away and all his sessions end. He sets them anew by a link.",
    "清除密码、动态码与通行密钥，结束全部会话；凭新链接重新设置。",
  ),
  disable: both("Suspend", "停用"),
  disableLead: both(
    "All his sessions end at once, and no link or password lets him in.",
    "全部会话立即结束，任何链接或密码均不能登录。",
  ),
  enable: both("Let in again", "重新启用"),
  enableLead: both("He can sign in as before.", "可按原方式登录。"),
  end: both("End his sessions", "结束会话"),
  endLead: both("He signs in anew; nothing else changes.", "须重新登录，其他不变。"),
  two: both(
    "Who has this role decides, signs or sees everything: a second person has to agree before it counts.",
    "该角色有决定、签署或查看全部的权限：须由第二人同意后生效。",
  ),
  proposed: both(
    "It waits for a second person in the room of that name. You fetch the link there afterwards.",
    "已提交“复核”，同意后可在该处领取链接。",
  ),
  done: both("Done.", "已办理。"),
  linkTitle: both("The link", "一次性链接"),
  linkLead: both(
    (user: string) =>
      `For ${user}. It works once within a day, and is shown only now: nobody can read it again, here or in the book.`,
    (user: string) => `供 ${user} 使用。一日内有效，仅可使用一次；仅此刻显示，之后任何人无法再次查看。`,
  ),
  copied: both("Copied.", "已复制。"),
  opened: both("Came in", "登录时间"),
  seen: both("Last seen", "最近活动"),
  noSession: both("He is signed in nowhere now.", "当前没有会话。"),
  own: both("you", "本人"),
} as const;
