// The cheat sheet: by task, each line as it can be typed.
import type { SheetGroup } from '../src/lesson/sheet.ts'

export const sheet: readonly SheetGroup[] = [
  {
    title: { zh: '看', en: 'Look' },
    lines: [
      {
        line: 'kk get pods -o wide',
        says: { zh: '有哪些，在哪台节点', en: 'which there are, and on which node' },
      },
      {
        line: 'kk get all -n NAMESPACE',
        says: { zh: '一个 namespace 里的常见对象', en: 'the usual objects of a namespace' },
      },
      {
        line: 'kk get pods -w',
        says: { zh: '盯着变化，Ctrl-C 停', en: 'watch changes; Ctrl-C ends it' },
        watches: true,
      },
      {
        line: 'kk describe deploy NAME',
        says: { zh: '一个对象的来龙去脉，末尾是事件', en: 'all about one object, its events last' },
      },
      { line: 'kk events --for deploy/NAME', says: { zh: '只看它的事件', en: 'its events only' } },
      { line: 'kk get deploy NAME -o yaml', says: { zh: '集群里的原样', en: 'as the cluster holds it' } },
      { line: 'kk explain pod.spec.containers', says: { zh: '字段是什么意思', en: 'what a field means' } },
      {
        line: 'kk api-resources',
        says: { zh: '有哪些种类，简称是什么', en: 'all kinds and their short names' },
      },
    ],
  },
  {
    title: { zh: '创建、修改、删除', en: 'Create, change, delete' },
    lines: [
      {
        line: 'kk apply -f FILE',
        says: { zh: '让集群变成文件说的样子', en: 'make the cluster what the file says' },
      },
      { line: 'kk diff -f FILE', says: { zh: '先看会改什么', en: 'first see what would change' } },
      {
        line: 'kk create deploy NEW --image=IMAGE --dry-run=client -o yaml',
        says: { zh: '只打印清单，不创建', en: 'print a manifest, create nothing' },
      },
      {
        line: 'kk edit deploy NAME',
        says: { zh: '在编辑器里改集群里的那一份', en: 'change the cluster’s own copy in an editor' },
        watches: true,
      },
      {
        line: `kk patch deploy NAME -p '{"spec":{"replicas":3}}'`,
        says: { zh: '只改这一处', en: 'change just this' },
      },
      {
        line: 'kk label deploy NAME tier=front',
        says: { zh: '打标签；末尾加 - 去掉', en: 'set a label; a trailing - removes it' },
      },
      { line: 'kk annotate deploy NAME note=hello', says: { zh: '写注解', en: 'set an annotation' } },
      { line: 'kk replace --force -f FILE', says: { zh: '删掉重建', en: 'delete and create anew' } },
      { line: 'kk delete -f FILE', says: { zh: '删掉文件里的对象', en: 'delete what the file holds' } },
    ],
  },
  {
    title: { zh: '发布与退回', en: 'Release and roll back' },
    lines: [
      { line: 'kk set image deploy/NAME CONTAINER=IMAGE', says: { zh: '换镜像', en: 'another image' } },
      {
        line: 'kk rollout status deploy/NAME --timeout=60s',
        says: { zh: '等它完成，停住就报错', en: 'wait for its end, or fail' },
      },
      {
        line: 'kk rollout history deploy/NAME --revision=2',
        says: { zh: '某个修订版本的模板', en: 'the template of a revision' },
      },
      {
        line: 'kk rollout undo deploy/NAME --to-revision=1',
        says: { zh: '退回指定的一个', en: 'back to that one' },
      },
      {
        line: 'kk rollout restart deploy/NAME',
        says: { zh: '不改镜像，Pod 逐批换新', en: 'same image, new Pods' },
      },
      {
        line: 'kk rollout pause deploy/NAME',
        says: { zh: '暂停；`resume` 继续', en: 'pause; `resume` goes on' },
      },
    ],
  },
  {
    title: { zh: '多与少', en: 'More and fewer' },
    lines: [
      { line: 'kk scale deploy/NAME --replicas=5', says: { zh: '要几个', en: 'how many' } },
      {
        line: 'kk autoscale deploy/NAME --min=2 --max=8 --cpu=70%',
        says: { zh: '按负载自动变', en: 'by load' },
      },
      {
        line: 'kk set resources deploy/NAME --requests=cpu=100m,memory=64Mi',
        says: { zh: '每个要多少', en: 'how much each asks for' },
      },
      {
        line: 'kk delete pods -l app=NAME',
        says: { zh: '删掉这些，控制器会补上', en: 'delete these; the controller replaces them' },
      },
    ],
  },
  {
    title: { zh: '进去看看', en: 'Look inside' },
    lines: [
      {
        line: 'kk logs POD --tail=20',
        says: { zh: '最后几行日志；`-f` 一直跟着', en: 'the last lines; `-f` follows' },
      },
      {
        line: 'kk logs -l app=NAME --prefix',
        says: { zh: '所有副本的日志', en: 'the logs of all replicas' },
      },
      {
        line: 'kk exec POD -- ls /',
        says: {
          zh: '在容器里运行；进去是 `-it … -- sh`',
          en: 'run in the container; to go in, `-it … -- sh`',
        },
      },
      {
        line: 'kk port-forward svc/NAME 3000:80',
        says: { zh: '把端口接到自己机器上', en: 'bring a port to your machine' },
        watches: true,
      },
      {
        line: 'kk run tmp --rm -i --image=busybox --restart=Never -- wget -qO- NAME',
        says: { zh: '从集群里面访问', en: 'ask from inside the cluster' },
      },
      {
        line: 'kk debug node/NODE --image=busybox -- ls /host',
        says: { zh: '借一个 Pod 看节点', en: 'look at a node through a Pod' },
      },
    ],
  },
  {
    title: { zh: '会结束的任务', en: 'Work that ends' },
    lines: [
      { line: 'kk create job NEW --image=busybox -- date', says: { zh: '跑一次', en: 'run it once' } },
      {
        line: `kk create cronjob NEW --image=busybox --schedule='30 3 * * *' -- date`,
        says: { zh: '每天 3:30 跑', en: 'run it at 3:30 each day' },
      },
      {
        line: 'kk get jobs,cronjobs',
        says: { zh: '做完几次，下一班何时', en: 'what was done, and when next' },
      },
    ],
  },
  {
    title: { zh: '网络', en: 'Network' },
    lines: [
      {
        line: 'kk expose deploy NAME --name=NEW --port=80',
        says: { zh: '给它一个固定的地址', en: 'give it an address that stays' },
      },
      {
        line: 'kk get svc,endpointslices',
        says: { zh: '地址和它背后的名单', en: 'addresses, and who stands behind them' },
      },
      {
        line: 'kk describe svc NAME',
        says: { zh: '看 Endpoints：只有就绪的', en: 'see Endpoints: ready ones only' },
      },
      {
        line: 'kk run tmp --rm -i --image=busybox --restart=Never -- nslookup NAME.default.svc.cluster.local',
        says: { zh: '在集群里问 DNS', en: 'ask the cluster’s DNS' },
      },
      {
        line: `kk create ingress NEW --class=nginx --rule='shop.example.com/*=NAME:80'`,
        says: { zh: '按域名和路径分给 Service', en: 'to Services by host and path' },
      },
    ],
  },
  {
    title: { zh: '配置', en: 'Configuration' },
    lines: [
      { line: 'kk create configmap NEW --from-file=FILE', says: { zh: '从文件', en: 'from a file' } },
      { line: 'kk create secret generic NEW --from-literal=k=v', says: { zh: '密码', en: 'a password' } },
      {
        line: `kk get secret SECRET -o jsonpath='{.data.k}' | base64 -d`,
        says: { zh: '读出来', en: 'read it' },
      },
      {
        line: 'kk create secret docker-registry NEW --docker-server=HOST --docker-username=ME --docker-password=WORD',
        says: { zh: '私有仓库的凭据', en: 'credentials of a private registry' },
      },
      {
        line: 'kk get pv,pvc,sc',
        says: { zh: '卷、申领和存储类', en: 'volumes, claims and their classes' },
      },
      { line: 'kk set env deploy/NAME COLOR=blue', says: { zh: '加一个环境变量', en: 'one more variable' } },
    ],
  },
  {
    title: { zh: '节点', en: 'Nodes' },
    lines: [
      { line: 'kk get nodes -o wide', says: { zh: '版本、地址、运行时', en: 'version, address, runtime' } },
      {
        line: 'kk describe node NODE',
        says: { zh: '容量，和已经分出去多少', en: 'capacity, and what is given away' },
      },
      {
        line: 'kk cordon NODE',
        says: { zh: '不再派新的来；`uncordon` 恢复', en: 'nothing new here; `uncordon` undoes it' },
      },
      {
        line: 'kk drain NODE --ignore-daemonsets --delete-emptydir-data',
        says: { zh: '腾空节点：请 Pod 搬走', en: 'have the Pods move away' },
      },
      {
        line: 'kk taint node NODE key=value:NoSchedule',
        says: { zh: '加污点；末尾加 - 去掉', en: 'a taint; a trailing - removes it' },
      },
    ],
  },
  {
    title: { zh: '我是谁，在哪里', en: 'Who and where' },
    lines: [
      {
        line: 'kk config get-contexts',
        says: { zh: '能连哪些集群', en: 'the clusters that can be reached' },
      },
      {
        line: 'kk config set-context --current --namespace=NAMESPACE',
        says: { zh: '换当前 namespace', en: 'change the current namespace' },
      },
      { line: 'kk auth can-i --list', says: { zh: '我能做什么', en: 'what I may do' } },
      { line: 'kk cluster-info', says: { zh: 'API 服务器的地址', en: 'where the API server is' } },
      { line: 'kk version', says: { zh: '两边的版本', en: 'both versions' } },
    ],
  },
  {
    title: { zh: '输出', en: 'Output' },
    lines: [
      { line: 'kk get pods -o name', says: { zh: '只要名字，好接管道', en: 'names only, for pipes' } },
      {
        line: `kk get deploy NAME -o jsonpath='{.spec.replicas}'`,
        says: { zh: '取一个字段', en: 'one field' },
      },
      {
        line: 'kk get pods -o custom-columns=NAME:.metadata.name,IP:.status.podIP',
        says: { zh: '自己定列', en: 'columns of your own' },
      },
      { line: 'kk get pods -l app=NAME', says: { zh: '按标签选', en: 'by label' } },
      {
        line: 'kk get pods -A --sort-by=.metadata.creationTimestamp',
        says: { zh: '所有 namespace，按时间排', en: 'all namespaces, by age' },
      },
    ],
  },
]
