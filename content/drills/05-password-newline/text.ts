import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '多出来的一个字符',
    report: 'payments 一启动就退出。数据库同事确认密码就是六个字符 `s3cret`，Secret 里看着也对。',
    goals: {
      'two-ready': '2 个副本就绪',
      'from-secret': '密码仍取自 Secret `payments-db`',
      'exact-password': 'Secret 里恰好是 `s3cret`',
      'program-unchanged': '程序（command）没有改',
    },
    hints: [
      '先看上一次容器的日志：`kubectl logs --previous`。',
      '日志里说密码有几个字符？',
      '`echo s3cret | base64` 会把换行也编进去；用 `echo -n`，或者写 `stringData`。',
    ],
    teaches: 'base64 只是编码，换行也是内容；环境变量在容器启动时读取。',
  },
  en: {
    title: 'One character too many',
    report:
      'payments exits as soon as it starts. The database team confirms the password is the six characters `s3cret`, and the Secret looks right too.',
    goals: {
      'two-ready': 'both replicas are ready',
      'from-secret': 'the password still comes from the Secret `payments-db`',
      'exact-password': 'the Secret holds exactly `s3cret`',
      'program-unchanged': 'the program (command) is unchanged',
    },
    hints: [
      "Read the last container's log: `kubectl logs --previous`.",
      'How many characters does the log count?',
      '`echo s3cret | base64` encodes the newline too; use `echo -n`, or `stringData`.',
    ],
    teaches:
      'base64 only encodes, a newline is content; environment variables are read when a container starts.',
  },
} satisfies DrillText
