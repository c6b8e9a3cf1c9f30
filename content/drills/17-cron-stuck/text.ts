import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '修好的报表还是不出',
    report: '每 5 分钟一次的报表从早上起一次也没出来。脚本的死循环半小时前就修好并 apply 了。',
    goals: {
      'scheduled-success': '修复之后，由时间表触发的一次运行成功了',
      'still-forbid': '仍不允许重叠（Forbid），时间表没改，没有暂停',
      'nothing-stuck': '没有还在跑的旧 Job',
      'same-cronjob': 'CronJob 没有删掉重建',
    },
    hints: [
      '`describe` cronjob：事件说为什么没有开始。',
      '改 CronJob 只影响以后建的 Job；`kubectl get jobs` 里那个 Running 是用旧脚本建的。',
      '删掉那个 Job；下一个整 5 分就会跑新的。',
    ],
    teaches:
      'CronJob 的改动不碰已建的 Job；Forbid 会被一个卡死的 Job 永远挡住，要配 `activeDeadlineSeconds`。',
  },
  en: {
    title: 'The repaired report still does not run',
    report:
      'The five-minute report has not come out since the morning. The endless loop in its script was repaired and applied half an hour ago.',
    goals: {
      'scheduled-success': 'a run started by the schedule has succeeded since',
      'still-forbid': 'overlaps are still forbidden, the schedule is the same and not suspended',
      'nothing-stuck': 'no old Job is still running',
      'same-cronjob': 'the CronJob was not made anew',
    },
    hints: [
      'Describe the CronJob: the events say why nothing starts.',
      'Changing a CronJob affects Jobs made later; the Running one in `kubectl get jobs` has the old script.',
      'Delete that Job; the next five minutes bring a new one.',
    ],
    teaches:
      "A CronJob's change leaves its Jobs alone; with Forbid one hung Job blocks for ever, so give it `activeDeadlineSeconds`.",
  },
} satisfies DrillText
