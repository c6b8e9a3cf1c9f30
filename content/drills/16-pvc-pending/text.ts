import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '等一块没有的盘',
    report: 'queue 的 Pod 一直 Pending。存储同事说盘早就准备好了，5Gi，名叫 `disk-1`。',
    goals: {
      'bound-to-disk': '`queue-data` 绑定到 `disk-1`',
      'queue-runs': 'queue 就绪，数据仍放在 `queue-data`',
      'disk-kept': '盘 `disk-1` 没有被删掉重建',
    },
    hints: [
      'Pod 等的是 PVC：`kubectl describe pvc queue-data`。',
      'PVC 要的类是 fast；`kubectl get pv` 里盘的类是什么？',
      'PVC 的 `storageClassName` 建好就不能改：删掉重建（它还没绑定，没有数据）。',
    ],
    teaches: 'PV 和 PVC 靠类、大小、访问模式配对；类不可改。',
  },
  en: {
    title: 'Waiting for a disk that is not sold here',
    report:
      "queue's pod stays Pending. The storage team says that the disk has long been ready: 5Gi, called `disk-1`.",
    goals: {
      'bound-to-disk': '`queue-data` is bound to `disk-1`',
      'queue-runs': 'queue is ready and keeps its data in `queue-data`',
      'disk-kept': 'the disk `disk-1` was not made anew',
    },
    hints: [
      'The pod waits for its claim: `kubectl describe pvc queue-data`.',
      'The claim asks for class fast; which class has the disk in `kubectl get pv`?',
      "A claim's `storageClassName` cannot change: delete it and make it anew (it is unbound and holds no data).",
    ],
    teaches: 'Volume and claim match by class, size and access mode; the class cannot change.',
  },
} satisfies DrillText
