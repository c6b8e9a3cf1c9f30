import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '安全加固以后',
    report: '安全组给 shop 加了网络策略：默认拒绝，只放行 web。现在 web 也访问超时。',
    goals: {
      'web-served': 'web 最近 5 次请求都成功',
      'intruder-blocked': 'intruder 始终进不来',
      'still-denied': '默认拒绝的策略还在',
      'ports-named': '放行的规则仍然限定端口',
    },
    hints: [
      '超时而不是被拒绝：包被丢掉了。',
      '`describe` networkpolicy：选中了谁、放行谁、哪个端口？',
      '策略看的是到达 Pod 时的端口，不是 Service 的端口。',
    ],
    teaches: '策略是允许的并集；端口是 Pod 的端口。',
  },
  en: {
    title: 'After the hardening',
    report:
      'The security team gave shop network policies: deny by default, allow only web. Now web times out as well.',
    goals: {
      'web-served': "web's last five requests succeeded",
      'intruder-blocked': 'intruder never got in',
      'still-denied': 'the default deny is still there',
      'ports-named': 'what is allowed is still limited to ports',
    },
    hints: [
      'A time-out, not a refusal: packets are dropped.',
      '`kubectl describe networkpolicy`: whom does it select, whom does it let in, to which port?',
      'A policy sees the port at the pod, not that of the Service.',
    ],
    teaches: "Policies are a union of what is allowed; the port is the pod's.",
  },
} satisfies DrillText
