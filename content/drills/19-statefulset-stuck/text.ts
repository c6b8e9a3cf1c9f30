import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '回退了，还是不动',
    report:
      '凌晨给 db 换镜像，`db-2` 拉不到镜像；同事马上回退，`rollout undo` 显示成功，可 `db-2` 半小时后还是老样子。',
    goals: {
      'all-ready': 'db 的 3 个副本都是 `nginx:1.26` 且就绪',
      'others-untouched': '`db-0` 和 `db-1` 没有被动过',
      'data-kept': '三个数据卷声明都还在',
      'set-kept': 'StatefulSet 没有删掉重建',
    },
    hints: [
      '比较 StatefulSet 的模板和 `db-2` 里的镜像：谁是新的？',
      '按顺序更新时，控制器要等 `db-2` 就绪才继续；它永远不会就绪。',
      '坏的那一个要自己动手删，只删它。',
    ],
    teaches:
      'StatefulSet 一次一个、等就绪；坏修订版本上的 Pod 回退后仍要手工删（官方文档的“强制回滚”一节）。',
  },
  en: {
    title: 'Undone, and still stuck',
    report:
      'At night db got an image that cannot be pulled. A colleague undid it at once and `rollout undo` reported success, but half an hour later `db-2` is as before.',
    goals: {
      'all-ready': "db's three replicas run `nginx:1.26` and are ready",
      'others-untouched': '`db-0` and `db-1` were not touched',
      'data-kept': 'the three claims are the same',
      'set-kept': 'the StatefulSet was not made anew',
    },
    hints: [
      "Compare the image in the StatefulSet's template with the one in `db-2`: which is newer?",
      'Updating in order, the controller waits for `db-2` to be ready, and it never will be.',
      'The broken pod has to be deleted by hand; only that one.',
    ],
    teaches:
      'A StatefulSet goes one by one and waits for ready; a pod on the broken revision must be deleted even after the undo.',
  },
} satisfies DrillText
