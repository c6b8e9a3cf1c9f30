// What kubectl says without asking the API server, or about its answer.
import type { KnownError } from '../../src/lesson/known-error.ts'

export const kubectl: readonly KnownError[] = [
  {
    name: 'unknown-command',
    text: 'error: unknown command "gett" for "kubectl"',
    meaning: {
      zh: '没有这个子命令，多半是打错了字。',
      en: 'There is no such subcommand; most likely a slip of the fingers.',
    },
    cure: {
      zh: '下面的 `Did you mean this?` 列出最接近的几个；全部子命令看 `kubectl help`。',
      en: '`Did you mean this?` below it lists the nearest ones; `kubectl help` lists all.',
    },
    lesson: '00-setup/01-two-nodes',
    lines: ['kk gett pods'],
  },
  {
    name: 'unknown-flag',
    text: 'error: unknown flag: --short',
    meaning: {
      zh: '这个命令没有这个参数。照着旧教程打 `kubectl version --short` 就会遇到，它已被删除。',
      en: 'This command has no such flag. Older tutorials still type `kubectl version --short`; the flag was removed.',
    },
    cure: {
      zh: '看 `kubectl version --help`，里面是现在有的参数。',
      en: '`kubectl version --help` lists the flags that there are now.',
    },
    lesson: '00-setup/01-two-nodes',
    lines: ['kk version --short'],
  },
  {
    name: 'no-resource-type',
    text: `error: the server doesn't have a resource type "deploymnets"`,
    meaning: {
      zh: 'API 服务器 不认识这种资源：名字拼错了，或者提供它的 CRD 没有安装。',
      en: 'The API server knows no such resource: the name is misspelt, or the CRD that brings it is not installed.',
    },
    cure: {
      zh: '`kubectl api-resources` 列出全部名字和简称。',
      en: '`kubectl api-resources` lists all names and short names.',
    },
    lesson: '00-setup/02-ask',
    lines: ['kk get deploymnets'],
  },
  {
    name: 'refused-8080',
    text: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    meaning: {
      zh: 'kubectl 没找到 kubeconfig，于是去问 localhost:8080，那里没有人。常见于换了用户，或者登录到了工作节点上。',
      en: 'kubectl found no kubeconfig and asked localhost:8080, where nobody answers. Typical after changing the user, or on a worker node.',
    },
    cure: {
      zh: '看 `ls ~/.kube/config` 和 `echo $KUBECONFIG`；在有 kubeconfig 的机器上运行，或者把它拷过来。',
      en: 'Look at `ls ~/.kube/config` and `echo $KUBECONFIG`; work where the kubeconfig is, or copy it.',
    },
    lesson: '00-setup/02-ask',
    lines: ['mv ~/.kube/config /tmp/', 'kk get nodes'],
  },
  {
    name: 'no-context',
    text: 'error: no context exists with the name: "prod"',
    meaning: { zh: 'kubeconfig 里没有这个上下文。', en: 'The kubeconfig has no context of that name.' },
    cure: {
      zh: '`kubectl config get-contexts` 列出有哪些，星号是当前的。',
      en: '`kubectl config get-contexts` lists them; the star marks the current one.',
    },
    lesson: '00-setup/02-ask',
    lines: ['kk config use-context prod'],
  },
  {
    name: 'no-path',
    text: 'error: the path "pod.yml" does not exist',
    meaning: { zh: '当前目录里没有这个文件。', en: 'There is no such file in this folder.' },
    cure: {
      zh: '用 `ls` 核对：是 `.yml` 还是 `.yaml`，是不是在另一个目录。',
      en: 'Check with `ls`: `.yml` or `.yaml`, another folder?',
    },
    lesson: '03-pod/01-create',
    lines: ['kk apply -f pod.yml'],
  },
  {
    name: 'must-specify',
    text: 'error: must specify one of -f and -k',
    meaning: { zh: '没说要提交哪个文件。', en: 'It was not said which file to send.' },
    cure: {
      zh: '`-f` 后面跟文件、目录或 URL；`-k` 跟 kustomization 目录。',
      en: '`-f` takes a file, a folder or a URL; `-k` a kustomization folder.',
    },
    lesson: '03-pod/01-create',
    lines: ['kk apply'],
  },
  {
    name: 'yaml-tab',
    text: 'error converting YAML to JSON: yaml: line 4: found character that cannot start any token',
    meaning: {
      zh: '缩进里有制表符。YAML 只认空格。',
      en: 'There is a tab in the indentation. YAML takes spaces only.',
    },
    cure: {
      zh: '把那一行的制表符换成空格，并让编辑器以后自动替换。',
      en: 'Replace the tab in that line by spaces, and tell your editor to do so from now on.',
    },
    lesson: '03-pod/01-create',
    lines: [`printf 'apiVersion: v1\\nkind: Pod\\nmetadata:\\n\\tname: web\\n' | kk apply -f -`],
  },
  {
    name: 'yaml-key',
    text: 'error converting YAML to JSON: yaml: line 4: did not find expected key',
    meaning: {
      zh: '这一行前后的缩进对不上：某个键不在它该在的那一列。',
      en: 'The indentation does not fit around this line: a key stands in a column of its own.',
    },
    cure: {
      zh: '行号指的是解析器发现不对的地方，错误往往在它的上一行或下一行；同一层的键必须对齐。',
      en: 'The number is where the parser noticed; the fault is often a line above or below. Keys of one level share one column.',
    },
    lesson: '03-pod/01-create',
    lines: [`printf 'apiVersion: v1\\nkind: Pod\\nmetadata:\\n  name: web\\n spec:\\n' | kk apply -f -`],
  },
  {
    name: 'yaml-mapping',
    text: 'error converting YAML to JSON: yaml: line 5: mapping values are not allowed in this context',
    meaning: {
      zh: '值里出现了冒号加空格，YAML 以为又是一个键值对。',
      en: 'A value holds a colon and a space, which YAML reads as one more key.',
    },
    cure: {
      zh: '去掉空格（`nginx:1.27`），或者把整个值放进引号。',
      en: 'Drop the space (`nginx:1.27`), or put the whole value in quotes.',
    },
    lesson: '03-pod/01-create',
    lines: [
      `printf 'apiVersion: v1\\nkind: Pod\\nmetadata:\\n  name: web\\nimage: nginx: 1.27\\n' | kk apply -f -`,
    ],
  },
  {
    name: 'api-version-not-set',
    text: 'error: error validating "STDIN": error validating data: apiVersion not set',
    meaning: {
      zh: '清单缺 `apiVersion`：整行漏了，或者上一份文档的 `---` 放错了位置。',
      en: 'The manifest has no `apiVersion`: the line is missing, or a `---` stands in the wrong place.',
    },
    cure: {
      zh: '`kubectl explain pod` 的 VERSION 一行就是要写的值。',
      en: 'The VERSION line of `kubectl explain pod` is what to write.',
    },
    lesson: '03-pod/01-create',
    lines: [`printf 'kind: Pod\\nmetadata:\\n  name: web\\n' | kk apply -f -`],
  },
  {
    name: 'no-matches',
    text: 'no matches for kind "Deployment" in version "v1"',
    meaning: {
      zh: '`kind` 和 `apiVersion` 配不上：Deployment 属于 `apps/v1`。自定义资源则是 CRD 还没装。',
      en: '`kind` and `apiVersion` do not go together: a Deployment is in `apps/v1`. For a custom resource, its CRD is not installed yet.',
    },
    cure: {
      zh: '`kubectl api-resources | grep -i deployment`，第三列是该写的 `apiVersion`。',
      en: '`kubectl api-resources | grep -i deployment`: the third column is the `apiVersion` to write.',
    },
    lesson: '04-deployment/01-deploy',
    lines: [`printf 'apiVersion: v1\\nkind: Deployment\\nmetadata:\\n  name: web\\n' | kk apply -f -`],
  },
  {
    name: 'no-name',
    text: 'error: resource(s) were provided, but no name was specified',
    meaning: { zh: '只说了种类，没说删哪一个。', en: 'The kind was given, but not which one to delete.' },
    cure: {
      zh: '给出名字，或者 `-l` 加标签；真要全删才用 `--all`。',
      en: 'Give a name, or `-l` with labels; `--all` only if you mean all.',
    },
    lesson: '03-pod/01-create',
    lines: ['kk delete pod'],
  },
  {
    name: 'slash-and-type',
    text: 'error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
    meaning: {
      zh: '`pod/web` 已经带着种类，不能再单独写一次。',
      en: '`pod/web` names the kind already; it must not be said twice.',
    },
    cure: {
      zh: '`kubectl get pod/web` 或者 `kubectl get pod web`，二选一。',
      en: '`kubectl get pod/web` or `kubectl get pod web`: one of the two.',
    },
    lesson: '03-pod/01-create',
    lines: ['kk get pods pod/web'],
  },
  {
    name: 'no-printer',
    text: 'error: unable to match a printer suitable for the output format "yml"',
    meaning: { zh: '`-o` 没有这种格式。', en: '`-o` knows no such format.' },
    cure: {
      zh: '后半句列出了全部格式：是 `yaml`，不是 `yml`。',
      en: 'The rest of the line lists them all: `yaml`, not `yml`.',
    },
    lesson: '00-setup/02-ask',
    lines: ['kk get pods -o yml'],
  },
  {
    name: 'explain-field',
    text: 'error: field "continers" does not exist',
    meaning: { zh: '这一层没有这个字段。', en: 'There is no such field at this level.' },
    cure: {
      zh: '去掉最后一段再问一次，它会列出这一层所有的字段。',
      en: 'Ask again without the last part: it lists all fields of that level.',
    },
    lesson: '00-setup/02-ask',
    lines: ['kk explain pod.spec.continers'],
  },
  {
    name: 'exec-dashes',
    text: 'error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
    meaning: {
      zh: '要在容器里运行的命令前面少了 `--`。',
      en: 'The `--` before the command to run in the container is missing.',
    },
    cure: {
      zh: '`kubectl exec web -- ls`：`--` 之后的一切都归容器。',
      en: '`kubectl exec web -- ls`: all that follows `--` goes to the container.',
    },
    lesson: '03-pod/03-look-inside',
    lines: ['kk run web --image=nginx', 'sleep 15', 'kk exec web ls'],
  },
  {
    name: 'exec-not-found',
    text: 'exec: "bash": executable file not found in $PATH',
    meaning: {
      zh: '镜像里没有这个程序。很多精简镜像连 bash 都不带。',
      en: 'The image holds no such program. Many slim images come without bash.',
    },
    cure: {
      zh: '试 `sh`；连 shell 也没有的镜像，用 `kubectl debug -it web --image=busybox` 带一个进去。',
      en: 'Try `sh`; where there is no shell at all, `kubectl debug -it web --image=busybox` brings one along.',
    },
    lesson: '03-pod/03-look-inside',
    lines: ['kk run web --image=nginx:alpine', 'sleep 15', 'kk exec web -- bash'],
  },
  {
    name: 'container-not-valid',
    text: 'error: container sidecar is not valid for pod web out of: web',
    meaning: { zh: 'Pod 里没有这个名字的容器。', en: 'The Pod has no container of that name.' },
    cure: { zh: '`out of:` 后面就是它有的容器。', en: 'Those that it has stand behind `out of:`.' },
    lesson: '03-pod/04-sidecar',
    lines: ['kk run web --image=nginx', 'sleep 15', 'kk exec web -c sidecar -- ls'],
  },
  {
    name: 'set-image-container',
    text: 'error: unable to find container named "app"',
    meaning: {
      zh: '`set image` 等号左边是容器名，不是 Deployment 名。',
      en: 'Left of the equals sign of `set image` stands the container’s name, not the Deployment’s.',
    },
    cure: {
      zh: '`kubectl get deployment web -o wide` 的 CONTAINERS 一列就是；`*=镜像` 表示全部容器。',
      en: 'See the CONTAINERS column of `kubectl get deployment web -o wide`; `*=IMAGE` means all of them.',
    },
    lesson: '04-deployment/03-update',
    lines: ['kk create deployment web --image=nginx', 'kk set image deployment web app=nginx:1.27'],
  },
  {
    name: 'forward-not-running',
    text: 'error: unable to forward port because pod is not running. Current status=Pending',
    meaning: {
      zh: 'Pod 还没跑起来，没有端口可转发。',
      en: 'The Pod does not run yet; there is no port to forward to.',
    },
    cure: {
      zh: '先看 `kubectl get pods`，等到 Running，或者查它为什么不是。',
      en: 'Look at `kubectl get pods` first: wait for Running, or find out why it is not.',
    },
    lesson: '03-pod/03-look-inside',
    lines: ['kk run web --image=nginx:nosuch', 'sleep 3', 'kk port-forward web 8080:80'],
  },
  {
    name: 'wait-timeout',
    text: 'error: timed out waiting for the condition',
    meaning: {
      zh: '等到 `--timeout` 还没完成。命令放弃了，集群没有：它还在继续。',
      en: 'Not done within `--timeout`. The command gave up; the cluster did not.',
    },
    cure: {
      zh: '`kubectl get pods` 找没有就绪的那一个，再用 `kubectl describe` 看它的事件。',
      en: '`kubectl get pods` shows which one is not ready; `kubectl describe` shows its events.',
    },
    lesson: '04-deployment/04-roll-back',
    lines: ['kk create deployment web --image=nginx:nosuch', 'kk rollout status deployment/web --timeout=5s'],
  },
  {
    name: 'no-matching',
    text: 'error: no matching resources found',
    meaning: {
      zh: '`kubectl wait` 开始时，一个符合的对象都没有，它不会等对象出现。',
      en: 'When `kubectl wait` began, nothing matched; it does not wait for objects to appear.',
    },
    cure: {
      zh: '核对标签和 namespace；要等它出现，用 `--for=create`。',
      en: 'Check labels and namespace; to wait for something to appear, use `--for=create`.',
    },
    lesson: '03-pod/09-deletion',
    lines: ['kk wait --for=condition=Ready pod -l app=web --timeout=5s'],
  },
  {
    name: 'no-history',
    text: 'error: no rollout history found for deployment "web"',
    meaning: {
      zh: '只有一个修订版本，没有可退回的。',
      en: 'There is one revision only, and nothing to go back to.',
    },
    cure: { zh: '改好清单再 `apply`。', en: 'Mend the manifest and `apply` it.' },
    lesson: '04-deployment/04-roll-back',
    lines: ['kk create deployment web --image=nginx', 'sleep 5', 'kk rollout undo deployment/web'],
  },
  {
    name: 'no-revision',
    text: 'error: unable to find specified revision 9 in history',
    meaning: {
      zh: '历史里没有这个修订版本：号码不对，或者它被 `revisionHistoryLimit` 清掉了。',
      en: 'The history has no such revision: a wrong number, or `revisionHistoryLimit` has cleared it away.',
    },
    cure: {
      zh: '`kubectl rollout history deployment/web` 列出还在的。',
      en: '`kubectl rollout history deployment/web` lists those that are left.',
    },
    lesson: '04-deployment/04-roll-back',
    lines: [
      'kk create deployment web --image=nginx',
      'sleep 5',
      'kk rollout undo deployment/web --to-revision=9',
    ],
  },
  {
    name: 'restart-paused',
    text: `error: deployments.apps "web" can't restart paused deployment (run rollout resume first)`,
    meaning: {
      zh: 'Deployment 处于暂停，改模板的命令都不做。',
      en: 'The Deployment is paused; commands that change its template do nothing.',
    },
    cure: {
      zh: '先 `kubectl rollout resume deployment/web`。',
      en: '`kubectl rollout resume deployment/web` first.',
    },
    lesson: '04-deployment/09-pause-and-resume',
    lines: [
      'kk create deployment web --image=nginx',
      'kk rollout pause deployment/web',
      'kk rollout restart deployment/web',
    ],
  },
  {
    name: 'undo-paused',
    text: "error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    meaning: {
      zh: 'Deployment 处于暂停，退回也不做。',
      en: 'The Deployment is paused, and a rollback is a change too.',
    },
    cure: {
      zh: '先 `kubectl rollout resume deployment/web`，再退回。',
      en: '`kubectl rollout resume deployment/web` first, then roll back.',
    },
    lesson: '04-deployment/09-pause-and-resume',
    lines: [
      'kk create deployment web --image=nginx',
      'kk set image deployment web nginx=nginx:1.27',
      'sleep 10',
      'kk rollout pause deployment/web',
      'kk rollout undo deployment/web',
    ],
  },
  {
    name: 'progress-deadline',
    text: 'error: deployment "web" exceeded its progress deadline',
    meaning: {
      zh: '`progressDeadlineSeconds`（默认十分钟）里一步也没有前进。Deployment 只是报告，不会自己退回。',
      en: 'Not one step forward within `progressDeadlineSeconds` (ten minutes unless told otherwise). The Deployment only says so; it does not roll back.',
    },
    cure: {
      zh: '`kubectl get pods` 找没有就绪的那个，查它为什么；或者 `kubectl rollout undo`。',
      en: 'Find the Pod that is not ready with `kubectl get pods`, and why; or `kubectl rollout undo`.',
    },
    lesson: '04-deployment/08-readiness',
    lines: [
      'kk create deployment web --image=nginx:nosuch',
      `kk patch deployment web -p '{"spec":{"progressDeadlineSeconds":5}}'`,
      'sleep 15',
      'kk rollout status deployment/web',
    ],
  },
  {
    name: 'status-on-delete',
    text: 'error: rollout status is only available for RollingUpdate strategy type',
    meaning: {
      zh: '`OnDelete` 的更新由你一个个删 Pod 来推进，没有“完成”可等。',
      en: 'With `OnDelete` you move the update on by deleting Pods; there is no end to wait for.',
    },
    cure: {
      zh: '`kubectl get daemonset`，看 UP-TO-DATE 一列。',
      en: 'See the UP-TO-DATE column of `kubectl get daemonset`.',
    },
    lesson: '05-daemonset/03-update',
    lines: [
      `kk create -f - <<< '{"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"web"},"spec":{"updateStrategy":{"type":"OnDelete"},"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}'`,
      'kk rollout status daemonset/web',
    ],
  },
  {
    name: 'expected-replicas',
    text: 'error: Expected replicas to be 3, was 1',
    meaning: {
      zh: '`--current-replicas` 是前提：和现状不符就什么都不改。',
      en: '`--current-replicas` is a condition: where it does not hold, nothing is changed.',
    },
    cure: { zh: '看现在是几个，再决定还要不要改。', en: 'See how many there are, then decide anew.' },
    lesson: '04-deployment/06-scale',
    lines: [
      'kk create deployment web --image=nginx',
      'kk scale deployment web --current-replicas=3 --replicas=2',
    ],
  },
  {
    name: 'metrics-api',
    text: 'error: Metrics API not available',
    meaning: {
      zh: '集群里没装 metrics-server，没有用量数据。',
      en: 'There is no metrics-server in the cluster, so nobody measures.',
    },
    cure: {
      zh: '装上它再用 `kubectl top`；HPA 也靠它。',
      en: 'Install it, then `kubectl top` works; an HPA needs it too.',
    },
    lesson: '00-setup/02-ask',
    lines: ['kk top pods'],
  },
  {
    name: 'overwrite-label',
    text: "error: 'disk' already has a value (ssd), and --overwrite is false",
    meaning: {
      zh: '这个标签已经有值，kubectl 不会悄悄改掉它。',
      en: 'The label has a value already, and kubectl does not change it in silence.',
    },
    cure: {
      zh: '确定要改就加 `--overwrite`；`disk-` 是删除它。',
      en: 'If you mean it, add `--overwrite`; `disk-` removes it.',
    },
    lesson: '03-pod/12-nodes',
    lines: ['kk label node k8s-node1 disk=ssd --overwrite', 'kk label node k8s-node1 disk=hdd'],
  },
  {
    name: 'drain-daemonset',
    text: 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
    meaning: {
      zh: '节点上有 DaemonSet 的 Pod，删了会被立刻补回来，所以 `drain` 停下来问你。',
      en: 'The node holds Pods of a DaemonSet. They would come straight back, so `drain` stops and asks.',
    },
    cure: {
      zh: '加 `--ignore-daemonsets`；没有控制器的 Pod 还要 `--force`，它们不会回来。',
      en: 'Add `--ignore-daemonsets`; Pods without a controller need `--force`, and will not come back.',
    },
    lesson: '01-intro/04-node',
    lines: ['kk drain k8s-node1'],
  },
  {
    name: 'quantity',
    text: "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    meaning: {
      zh: '数量的单位写错了：没有 `mb`、`GB`。',
      en: 'The unit is wrong: there is no `mb` or `GB`.',
    },
    cure: {
      zh: '内存写 `64Mi`、`1Gi`，CPU 写 `500m` 或 `0.5`。',
      en: 'Memory is `64Mi` or `1Gi`, CPU `500m` or `0.5`.',
    },
    lesson: '03-pod/11-resources',
    lines: ['kk create deployment web --image=nginx', 'kk set resources deployment web --limits=memory=64mb'],
  },
]
