import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '删不掉的 namespace',
    report:
      '旧的 namespace `old-shop` 昨天就删了，今天还是 Terminating，挡着重新部署。归档控制器上个月已经下线。',
    goals: {
      'namespace-gone': 'namespace `old-shop` 没有了',
      'nothing-left': '里面没有留下孤儿对象',
      properly: '里面的对象是先删掉的，namespace 最后走',
      'neighbour-kept': '`new-shop` 的 `orders-2026` 和它的 finalizer 没有动',
    },
    hints: [
      '`kubectl get namespace old-shop -o yaml`：conditions 说还剩什么。',
      '剩下的对象有一个没人会来处理的 finalizer；先找到它。',
      '去掉那个对象的 finalizer，而不是硬改 namespace。',
    ],
    teaches: 'Terminating 等的是 finalizer；找到持有者，不要从外面撬 namespace。',
  },
  en: {
    title: 'The namespace that will not go',
    report:
      'The namespace `old-shop` was deleted yesterday and is still Terminating, in the way of a new deployment. The archiver was switched off last month.',
    goals: {
      'namespace-gone': 'the namespace `old-shop` is gone',
      'nothing-left': 'no orphan is left of what was in it',
      properly: 'its content went first, the namespace last',
      'neighbour-kept': "`new-shop`'s `orders-2026` and its finalizer are untouched",
    },
    hints: [
      '`kubectl get namespace old-shop -o yaml`: the conditions say what remains.',
      'The object that remains has a finalizer that nobody will serve; find it first.',
      "Take the finalizer off that object; do not force the namespace's own.",
    ],
    teaches: 'Terminating waits for finalizers; find their holder instead of prising the namespace open.',
  },
} satisfies DrillText
