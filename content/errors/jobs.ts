// What Jobs, CronJobs and StatefulSets are told by the API server, and what they say of themselves.
import type { KnownError } from '../../src/lesson/known-error.ts'

/** What the API server answers. */
export const jobAnswers: readonly KnownError[] = [
  {
    name: 'job-restart-policy',
    text: 'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    meaning: {
      zh: 'Job 的 Pod 要会结束，所以 `restartPolicy` 不能是默认的 `Always`，一定要写。',
      en: 'The pods of a Job are meant to end, so `restartPolicy` cannot be the default `Always` and has to be there.',
    },
    cure: {
      zh: '写 `Never`（每次失败留下一个 Pod）或 `OnFailure`（就地重启）。',
      en: 'Set `Never` (each failure leaves a pod) or `OnFailure` (restarted on the spot).',
    },
    lesson: '06-job/01-once',
    lines: ["sed '/restartPolicy/d' job.yaml | kk apply -f -"],
  },
  {
    name: 'job-template-immutable',
    text: 'field is immutable',
    meaning: {
      zh: '做过的要和写着的对得上：Job 的模板和 `completions` 建好以后不能改。',
      en: 'What was done has to match what is written: the template and `completions` of a Job stay as they were created.',
    },
    cure: {
      zh: '删掉重建：`kubectl replace --force -f job.yaml`；或者换一个名字。',
      en: 'Delete it and create it anew: `kubectl replace --force -f job.yaml`; or take another name.',
    },
    lesson: '06-job/01-once',
    lines: ['kk apply -f job.yaml', 'kk set env job/recount YEARS=2026'],
  },
  {
    name: 'pod-failure-policy-never',
    text: 'only "Never" is supported when podFailurePolicy is specified',
    meaning: {
      zh: '`podFailurePolicy` 按 Pod 的失败来判断，`OnFailure` 的容器就地重启，Pod 不会失败。',
      en: '`podFailurePolicy` judges failed pods; with `OnFailure` containers are restarted and their pod does not fail.',
    },
    cure: { zh: '把 `restartPolicy` 写成 `Never`。', en: 'Set `restartPolicy` to `Never`.' },
    lesson: '06-job/03-failure',
    lines: ["sed 's/Never/OnFailure/' job-limits.yaml | kk apply -f -"],
  },
  {
    name: 'cron-fields',
    text: 'spec.schedule: Invalid value: "6 am": expected exactly 5 fields, found 2: [6 am]',
    meaning: {
      zh: '时间表要五格：分、时、日、月、星期，没有秒。',
      en: 'A schedule has five fields: minute, hour, day, month, day of the week, and none for seconds.',
    },
    cure: {
      zh: '每天早上六点是 `0 6 * * *`；整行加引号，不然 shell 会展开 `*`。',
      en: 'Six every morning is `0 6 * * *`; put it in quotes, or the shell expands `*`.',
    },
    lesson: '06-job/04-cronjob',
    lines: ["kk create cronjob report --image=busybox --schedule='6 am' -- date"],
  },
  {
    name: 'cron-time-zone',
    text: 'spec.timeZone: Invalid value: "Asia/Shangai": unknown time zone Asia/Shangai',
    meaning: {
      zh: '没有这个名字的时区。时区写名字，不写 `+8`。',
      en: 'There is no time zone of that name. A zone is a name and not `+8`.',
    },
    cure: {
      zh: '对照 IANA 的名字，如 `Asia/Shanghai`、`Europe/Berlin`、`Etc/UTC`。',
      en: 'Compare with the IANA names, such as `Asia/Shanghai`, `Europe/Berlin`, `Etc/UTC`.',
    },
    lesson: '06-job/04-cronjob',
    lines: ['kk apply -f cronjob.yaml', `kk patch cronjob report -p '{"spec":{"timeZone":"Asia/Shangai"}}'`],
  },
  {
    name: 'cron-zone-in-schedule',
    text: 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    meaning: {
      zh: '时区不能写在时间表里，它有自己的字段。',
      en: 'The zone does not belong in the schedule; it has a field of its own.',
    },
    cure: { zh: '写 `timeZone: Asia/Shanghai`。', en: 'Set `timeZone: Asia/Shanghai`.' },
    lesson: '06-job/04-cronjob',
    lines: [
      'kk apply -f cronjob.yaml',
      `kk patch cronjob report -p '{"spec":{"schedule":"TZ=Asia/Shanghai 0 6 * * *"}}'`,
    ],
  },
  {
    name: 'statefulset-updates',
    text: 'updates to statefulset spec for fields other than',
    meaning: {
      zh: 'StatefulSet 里只有副本数、模板、更新策略等几项能改，`serviceName`、`podManagementPolicy` 和申领的模板不在其中。',
      en: 'Of a StatefulSet only replicas, template, update strategy and a few more can change; `serviceName`, `podManagementPolicy` and the claim templates cannot.',
    },
    cure: {
      zh: '改清单，`kubectl delete statefulset db`，再 `apply`。申领会留着。',
      en: 'Change the manifest, `kubectl delete statefulset db`, and apply it. The claims stay.',
    },
    lesson: '06-job/06-statefulset',
    lines: [
      'kk apply -f statefulset.yaml',
      `kk patch statefulset db -p '{"spec":{"podManagementPolicy":"Parallel"}}'`,
    ],
  },
]

/** What stands in their status and events. */
export const jobStates: readonly KnownError[] = [
  {
    name: 'backoff-limit-exceeded',
    text: 'BackoffLimitExceeded',
    meaning: {
      zh: '失败的次数超过了 `backoffLimit`，整个 Job 算失败，不再重试。',
      en: 'There were more failures than `backoffLimit` allows. The Job has failed and tries no more.',
    },
    cure: {
      zh: '`kubectl logs job/ledger` 看原因。用 `OnFailure` 的，Pod 已被删掉，改成 `Never` 再跑一次。',
      en: '`kubectl logs job/ledger` for the reason. With `OnFailure` its pod is gone; run it once more with `Never`.',
    },
    lesson: '06-job/03-failure',
    lines: ['kk apply -f job-never.yaml', 'sleep 60', 'kk describe job ledger'],
  },
  {
    name: 'job-deadline',
    text: 'Job was active longer than specified deadline',
    meaning: {
      zh: '到了 `activeDeadlineSeconds` 还没做完，Job 失败，正在跑的 Pod 连日志一起被删（`DeadlineExceeded`）。',
      en: 'It was not done after `activeDeadlineSeconds`. The Job has failed, and pods that were running are deleted with their logs (`DeadlineExceeded`).',
    },
    cure: {
      zh: '先弄清是卡住了还是时间不够：加长期限，跑起来时用 `kubectl logs job/stuck -f` 看。',
      en: 'Find out whether it hangs or needs more time: raise the deadline, and watch `kubectl logs job/stuck -f` while it runs.',
    },
    lesson: '06-job/03-failure',
    lines: [
      'kk create job stuck --image=busybox -- sleep 600',
      `kk patch job stuck -p '{"spec":{"activeDeadlineSeconds":10}}'`,
      'sleep 60',
      'kk describe job stuck',
    ],
  },
  {
    name: 'job-already-active',
    text: 'Not starting job because prior execution is running and concurrency policy is Forbid',
    meaning: {
      zh: '到点时上一次还没完，`Forbid` 不许同时跑。上一次一结束，欠着的最近一次会马上补上。',
      en: 'It was time, the last one was at work, and `Forbid` allows one at a time. When that ends, the latest run owed starts at once.',
    },
    cure: {
      zh: '`kubectl get job` 看上一次跑了多久；卡住了，就给模板写 `activeDeadlineSeconds`。',
      en: '`kubectl get job` shows how long the last one has been running; if it hangs, set `activeDeadlineSeconds` in the template.',
    },
    lesson: '06-job/05-overlap',
    lines: [
      "sed 's/Allow/Forbid/' cronjob-overlap.yaml | kk apply -f -",
      'sleep 130',
      'kk describe cronjob report',
    ],
  },
]
