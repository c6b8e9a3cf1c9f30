import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '还没醒就被叫走',
    report: 'catalog 加载索引要 45 秒，上周加了存活探针以后就再没起来过。重启次数越来越多。',
    goals: {
      'two-ready': '2 个副本就绪，且一次也没有重启',
      'still-alive-check': '存活探针还在：最迟启动 10 分钟后开始看，60 秒内发现死掉的进程',
      'program-unchanged': '程序没有改',
      'users-served': '用户最近 5 次请求都成功',
    },
    hints: [
      '看事件：是谁杀了容器，什么时候？',
      '5 秒后开始探、每 5 秒一次、3 次失败：活不过 20 秒。',
      '启动探针（`startupProbe`）在成功以前会把存活探针按住。',
    ],
    teaches: '启动慢用启动探针，不是放宽存活探针。',
  },
  en: {
    title: 'Killed before it woke up',
    report:
      'catalog needs 45 seconds to load its index. Since a liveness probe was added last week it has never come up; the restarts keep counting.',
    goals: {
      'two-ready': 'both replicas are ready and have not been restarted',
      'still-alive-check':
        'the liveness probe is still there: it looks from 10 min after the start at the latest, and finds a dead process within 60 s',
      'program-unchanged': 'the program is unchanged',
      'users-served': "the users' last five requests succeeded",
    },
    hints: [
      'Read the events: who kills the container, and when?',
      'Probing starts after 5 s, every 5 s, 3 failures: nothing lives past 20 s.',
      'A `startupProbe` holds the liveness probe back until it has succeeded.',
    ],
    teaches: 'For slow starts use a startup probe, not a lax liveness probe.',
  },
} satisfies DrillText
