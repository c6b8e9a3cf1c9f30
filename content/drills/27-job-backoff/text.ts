import type { DrillText } from '../../../src/lesson/drill.ts'

export default {
  zh: {
    title: '放弃了的迁移',
    report: '发布卡在数据库迁移：Job migrate 是 Failed，改了 Job 的清单再 apply 又报错。',
    goals: {
      migrated: 'Job migrate 成功',
      'really-checked': '它真的连上了 `orders-db:5432`',
      'db-untouched': '数据库没有动',
    },
    hints: [
      '失败的 Pod 还在：看它的日志。',
      'Job 的模板建好就不能改；`backoffLimit` 用完，它也不会再试。',
      '删掉 Job 再用改好的清单建一次。',
    ],
    teaches: 'Job 失败后不会复活；日志在失败的 Pod 里。',
  },
  en: {
    title: 'The migration that gave up',
    report:
      'The release waits for a database migration: Job migrate has Failed, and applying its corrected manifest is refused.',
    goals: {
      migrated: 'Job migrate has succeeded',
      'really-checked': 'it did reach `orders-db:5432`',
      'db-untouched': 'the database was not touched',
    },
    hints: [
      'The failed pods are still there: read their log.',
      "A Job's template cannot change, and with its `backoffLimit` used up it will not try again.",
      'Delete the Job and make it anew from the corrected manifest.',
    ],
    teaches: 'A failed Job does not come back to life; its log is in the failed pods.',
  },
} satisfies DrillText
