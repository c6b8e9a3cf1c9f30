// S9 to S11: a rollout, a Job or an autoscaler that does not come to its end.
import { anew, apply, type Case, json } from '../case.ts'

export const workload: readonly Case[] = [
  // ---- rollouts
  {
    chain: [65],
    build: [
      apply('stateful'),
      30,
      'kubectl set image statefulset/db main=leigg/hellok8s:v22',
      60,
      'kubectl set image statefulset/db main=leigg/hellok8s:v1',
    ],
    ask: 'statefulset/db',
    zh: 'db-1 还在坏修订 db-5f8d48f9c 上；控制器等它就绪才换，它不会就绪。',
    en: 'db-1 is on the broken revision db-5f8d48f9c; the controller waits for it to be ready, and it never will be.',
    cure: ['kubectl delete pod db-1'],
  },
  {
    chain: [66],
    build: [apply('daemons')],
    ask: 'daemonset/agent',
    zh: 'k8s-master 有污点 node-role.kubernetes.io/control-plane:NoSchedule，DaemonSet 不容忍它。',
    en: 'k8s-master has the taint node-role.kubernetes.io/control-plane:NoSchedule, which the DaemonSet does not tolerate.',
    cure: [
      `kubectl patch daemonset agent -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'`,
    ],
  },

  // ---- Jobs
  {
    chain: [67],
    build: [apply('job-fails')],
    ask: 'job/migrate',
    zh: '失败 2 次，超过 backoffLimit 1；最后一次：“no table orders”。',
    en: 'Failures: 2, more than backoffLimit 1; the last said “no table orders”.',
    cure: anew('job-fails', 's/; exit 1//'),
  },
  {
    chain: [68],
    build: [apply('job-late')],
    ask: 'job/migrate',
    zh: '跑过了 activeDeadlineSeconds 10。',
    en: 'It ran longer than activeDeadlineSeconds 10.',
    cure: anew('job-late', 's/100000/5/'),
  },
  {
    chain: [69],
    build: [apply('cron-suspended')],
    ask: 'cronjob/report',
    zh: 'report 被暂停了。',
    en: 'report is suspended.',
    cure: [`kubectl patch cronjob report -p '{"spec":{"suspend":false}}'`],
  },
  {
    chain: [70],
    build: [apply('cron-forbid')],
    waits: 200,
    ask: 'cronjob/report',
    zh: 'report-29923771 从 01:00 起没结束，Forbid 挡住了后来的每一次。',
    en: 'report-29923771 has not ended since 01:00; Forbid holds every later run back.',
    cure: [
      "sed -i 's/sleep, .100000./echo, written/' cron-forbid.yaml",
      apply('cron-forbid'),
      'kubectl delete jobs --all',
    ],
  },
  {
    chain: [71],
    build: [apply('cron-zone')],
    ask: 'cronjob/report',
    zh: '按 Asia/Shanghai 算，下一次是 2026-11-24 03:00，也就是 2026-11-23 19:00 UTC。',
    en: 'In Asia/Shanghai the next run is 2026-11-24 03:00, which is 2026-11-23 19:00 UTC.',
    cure: [json('cronjob report', [{ op: 'remove', path: '/spec/timeZone' }])],
  },

  // ---- HPA
  {
    chain: [72],
    metrics: true,
    build: [apply('scaler')],
    ask: 'hpa/web',
    zh: '目标 Deployment web 不存在。',
    en: 'Its target Deployment web does not exist.',
    cure: [apply('measured')],
  },
  {
    chain: [73],
    build: [apply('measured', 'scaler')],
    ask: 'hpa/web',
    zh: '没有指标服务器，没人量 CPU。',
    en: 'There is no metrics server; nobody measures.',
    cure: ['# metrics on'],
    heals: 90,
  },
  {
    chain: [74],
    metrics: true,
    build: [apply('unmeasured', 'scaler')],
    ask: 'hpa/web',
    zh: '利用率 = 用量 ÷ 请求，容器 agent 没有 cpu 请求。',
    en: 'Utilization is use over request; container agent requests no cpu.',
    cure: ['kubectl set resources deployment/web -c agent --requests=cpu=20m'],
    heals: 120,
  },
]
