import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '403 的两个原因',
    report:
      'reporter 每几秒读一次自己 namespace 里的 ConfigMap，总是 403。角色和绑定都建了，安全组不许给多余的权限。',
    goals: {
      reads: 'reporter 最近 5 次读取都成功',
      'own-account': '它用自己的账号 reporter',
      'no-more-than-that':
        'reporter 只能读本 namespace 的 ConfigMap：不能改，不能读 Secret 和 Pod，不能看别的 namespace',
      'default-powerless': '默认账号没有得到权限',
    },
    hints: [
      '403 的消息里写着是谁：`system:serviceaccount:NAMESPACE:NAME`。',
      '先让 Pod 用对账号（`serviceAccountName`），再看绑定的 subjects。',
      '`kubectl auth can-i --as=system:serviceaccount:shop:reporter` 可以不改动就试。',
    ],
    teaches: '身份（ServiceAccount）和权限（绑定）是两回事；主体要写对 namespace。',
  },
  en: {
    title: 'Two reasons for a 403',
    report:
      'reporter reads the ConfigMaps of its namespace every few seconds and always gets 403. Role and binding exist; the security team allows nothing beyond what it needs.',
    goals: {
      reads: "reporter's last five reads succeeded",
      'own-account': 'it uses its own account, reporter',
      'no-more-than-that':
        'reporter reads the ConfigMaps of its namespace and no more: it cannot change them, read secrets or pods, or see other namespaces',
      'default-powerless': 'the default accounts got nothing',
    },
    hints: [
      'The message of the 403 says who asked: `system:serviceaccount:NAMESPACE:NAME`.',
      'First give the pod its account (`serviceAccountName`), then look at the subjects of the binding.',
      '`kubectl auth can-i --as=system:serviceaccount:shop:reporter` tries without changing anything.',
    ],
    teaches:
      'Identity (ServiceAccount) and permission (binding) are two things; a subject needs its right namespace.',
  },
} satisfies DrillText
