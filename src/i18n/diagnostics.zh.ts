// 清单诊断的中文说明：什么意思，怎么改。键与 diagnostics.en.ts 相同。
import type { diagnosticsEn } from './diagnostics.en.ts'

export const diagnosticsZh: Record<keyof typeof diagnosticsEn, string> = {
  'yaml-indentation':
    '缩进没有对齐。同一层的键要从同一列开始，同一个列表的短横线也一样。拿这一行和上面同一层的行比一比：往往是多了或少了一个空格。',
  'yaml-missing-colon':
    '这里写了一个键，后面却没有冒号。要写成 `key: value`，冒号后面有一个空格。如果这一行属于上面开始的一段文字（在 `|` 或引号之后），就要比它的键缩进得更多。',
  'yaml-colon-in-value':
    '本该是值的地方又出现了一个 `key:`。要么上一行已经有值了，这一行就不该再往里缩进；要么值里面本来就有冒号加空格，那就给值加上引号。',
  'yaml-dash': '列表项不能从这里开始。短横线要另起一行，不能跟在键的后面：先写 `key:`，下一行再写 `- item`。',
  'yaml-tab': '缩进里有制表符（Tab）。YAML 的缩进只能用空格：把 Tab 换成空格，每层两个。',
  'yaml-quote': '引号只有开头没有结尾。在同一行用同一种引号把它合上。',
  'yaml-flow': '在 `[ ]` 和 `{ }` 里面，各项用逗号隔开，括号要成对。这里缺了一个逗号，或者缺了右括号。',
  'yaml-first-character': '值不能以这个字符开头。Tab 要换成空格；以 @、` 或 % 开头的值要加引号。',
  'yaml-no-value': '这里少了东西：应该有一个值，比如一段文字、一个数字、`[ ]` 或 `{ }`。',
  'yaml-block-header': '`|` 或 `>` 的后面，同一行只能写注释。文字从下一行开始，并且要缩进。',
  'yaml-escape':
    '双引号里的反斜杠表示转义，例如 `\\n`，而这里的转义不存在。要写反斜杠本身就写 `\\\\`，或者改用单引号：单引号里的反斜杠就是反斜杠。',
  'yaml-control': '文本里有一个看不见的控制字符，多半是复制时带进来的。删掉它，把这一行重新输入一遍。',
  'yaml-anchor':
    '`&name` 给一个值做记号，`*name` 引用它；这里两者对不上。如果你要的就是这个字符本身，给值加上引号。',
  'yaml-aliasing': '这份文档里的别名重复展开得太多，所以拒绝读取。把值直接写出来。',
  'yaml-depth': '这份文档嵌套得太深，无法读取。',
  'yaml-separator': '以三个短横线开头的行用来分隔文档，短横线后面只能跟注释。要正好写成 `---`。',
  'yaml-key': '键必须是一段简单的文字。列表、映射和空值都不能当键。',
  'yaml-other': '这不是合法的 YAML：{problem}。把这一行和前后几行对照一下。',
  'json-syntax':
    '文件以 `{` 开头，所以按 JSON 来读，而 JSON 在这里出了错：{problem}。JSON 里每个名字都要用双引号，各项之间用逗号隔开。',
  'full-width':
    '字符 {character} 是全角标点或弯引号，YAML 只认半角的英文字符，这里是：`{plain}`。把输入法切到英文标点，重新输入这个字符。',
  invisible:
    '这里有一个看不见的字符或特殊的空格（{character}），多半是从网页上复制来的。删掉这一行，重新输入。',
  'duplicate-key':
    '键 `{key}` 在第 {line} 行已经写过了。只有最后一个算数，前面的值会悄悄丢掉。删掉一个，或者把两处合并。',
  'too-long-to-check':
    '超过 {longest} 个字符的文本不会边写边检查。kubectl 照样能读它：用 `kubectl apply --dry-run=server -f FILE` 看它有没有错。',
  'not-an-object':
    '一份清单是以 `apiVersion:` 和 `kind:` 开头的映射。这份文档不是，它可能是一个列表或一段文字。',
  'missing-api-version':
    '每个对象都要用 `apiVersion` 说明它是按哪个版本的 API 写的。在开头加一行，例如 `apiVersion: {near}`。',
  'missing-kind':
    '每个对象都要用 `kind` 说明自己是什么。在开头加一行，例如 `kind: {near}`。如果这是另一份文档的后半截，那么上面的 `---` 就是多余的。',
  'type-not-text': '`{field}` 的值必须是文字。YAML 把它当成了数字、真假值或结构：加上引号，或者改正它。',
  'unknown-kind':
    '集群在 `{apiVersion}` 里没有 `{kind}` 这种对象。`kubectl api-resources` 会列出它认识的所有种类。',
  'unknown-kind-case': '没有 `{kind}` 这种对象。是不是想写 `{near}`？种类名用大驼峰写法，区分大小写。',
  'unknown-kind-near': '没有 `{kind}` 这种对象。是不是想写 `{near}`？',
  'foreign-kind':
    '`{apiVersion}` 的 `{kind}` 不是 Kubernetes 自带的类型，要由 CustomResourceDefinition 来定义：把定义它的文件放在一起检查，并且先应用它。',
  'other-version': '`{kind}` 不在 `{apiVersion}` 里。写成 `apiVersion: {near}`（集群提供的是：{versions}）。',
  'duplicate-object':
    '这个文件里已经有一个名叫 `{name}` 的 {kind} 了（第 {line} 行）。后一个会覆盖前一个：给它换一个名字。',
  'unknown-field': '这里没有 `{field}` 这个字段。检查一下拼写和缩进：`kubectl explain` 会列出每一层的字段。',
  'unknown-field-case': '没有 `{field}` 这个字段。是不是想写 `{near}`？字段名区分大小写。',
  'unknown-field-near': '没有 `{field}` 这个字段。是不是想写 `{near}`？',
  'unknown-field-elsewhere':
    '`{field}` 这个字段是有的，但不属于这里：它应该在 `{where}` 下面。移过去就好，多半只是缩进错了。',
  'missing-space': '冒号后面少了一个空格，整个都被当成了一段文字。写成 `{key}: {value}`。',
  'want-list': '这里应该是一个列表。每一项以短横线加空格开头（`- …`），或者写成 `[ ]`；只有一项也是列表。',
  'want-object':
    '这里应该是一个映射：在键的下面缩进写 `key: value`，而不是单个值或列表。如果那些键前面有短横线，把它去掉。',
  'want-text':
    '这里应该是文字，但 YAML 把 `{value}` 读成了别的：数字、真假值（yes、no、on、off 也算）或者结构。如果你要的就是这段文字，给它加上引号。',
  'want-number': '这里应该是一个整数，不带引号、单位和小数点；`{value}` 不是。',
  'want-boolean': '这里要写 `true` 或 `false`，不带引号；`{value}` 都不是。',
  unquote: '加了引号就成了文字。去掉引号，直接写 `{value}`。',
  'bad-quantity':
    '`{value}` 不是合法的数量。CPU 写成 `500m` 或 `0.5`，内存写成 `64Mi` 或 `1Gi`：数字加单位，中间没有空格。',
  'bad-time': '`{value}` 不是合法的时间。写成 `2026-04-22T10:00:00Z` 这样。',
  'bad-base64':
    'Secret 的 `data` 里放的是 base64。先编码（`echo -n … | base64`），或者把明文写到 `stringData` 下面。',
  required: '`{path}` 必须填写，现在缺少或为空。在这里补上；它可以填什么，`kubectl explain` 会告诉你。',
  'required-name': '对象要有名字：在 `metadata:` 下面加上 `name:`（或 `generateName:`）。',
  'selector-mismatch':
    '选择器必须能选中它自己创建的 Pod：`spec.selector.matchLabels` 里写的，`spec.template.metadata.labels` 里都要有，并且值相同。否则它永远找不到自己的 Pod。',
  'empty-selector':
    '空的选择器会选中所有 Pod。在 `spec.selector.matchLabels` 下面写明它的 Pod 带哪些标签，和模板里的一致。',
  'not-supported': '`{field}` 不接受 `{value}`，可以写的是：{supported}。',
  'not-supported-near': '`{field}` 不接受 `{value}`。是不是想写 `{near}`？可以写的是：{supported}。',
  'toleration-comparison':
    '用 `{value}` 比较数值需要打开特性门控 TaintTolerationComparisonOperators，集群默认是关闭的。不打开时 `operator` 只能是：{supported}。',
  'duplicate-value': '`{value}` 用了两次，而这里每个值只能出现一次。改掉或删掉其中一个。',
  'not-found': '`{value}` 指向的东西在这个对象里不存在。检查一下名字的拼写。',
  'volume-not-found':
    '这里要挂载名叫 `{value}` 的卷，但 `spec.volumes` 里没有这个名字。两处的名字要一致：补上这个卷，或者改正名字。',
  forbidden: '`{path}` 不能这样用：{detail}。',
  'too-long': '值太长了：{detail}。',
  'too-many': '这里的项数不合要求：{detail}。',
  negative: '`{field}` 不能是负数：写 0 或更大的数。',
  'port-range': '端口是 1 到 65535 之间的整数，`{value}` 不是。',
  'port-name': '端口名最多 15 个字符，只能用小写字母、数字和连字符，而且至少有一个字母。',
  'dns-name':
    '`{value}` 不能当这里的名字。名字由小写字母、数字和连字符组成，以字母或数字开头和结尾：不能有大写字母、下划线和空格。',
  'label-key':
    '`{value}` 不能当键。键由字母、数字、`-`、`_` 和 `.` 组成，最多 63 个字符，以字母或数字开头和结尾；前面可以带 `example.com/` 这样的前缀。',
  'label-value':
    '`{value}` 不能当标签的值。标签的值由字母、数字、`-`、`_` 和 `.` 组成，最多 63 个字符，以字母或数字开头和结尾。更长的文字放到注解里。',
  'requests-over-limits':
    '容器申请的不能比它能用的还多：request 不能大于 limit。调高 limit，或者调低 request。',
  'probe-handler':
    '探针要说明怎么探测：在它下面写 `httpGet`、`tcpSocket`、`exec`、`grpc` 中的一个，只能写一个。',
  'restart-policy':
    '这种对象的 Pod 需要合适的 `restartPolicy`：Job 会结束，所以用 `Never` 或 `OnFailure`；Deployment、StatefulSet、DaemonSet 一直运行，所以只能用 `Always`。',
  'image-missing': '每个容器都要有镜像：加上 `image:`，写明名字和标签，例如 `nginx:1.27`。',
  invalid: '`{field}` 不能是 `{value}`：{detail}。',
  'server-warning': '集群会接受它，但给出了警告：{warning}。',
  'service-selects-nothing':
    'Service `{name}` 选择带有 {selector} 的 Pod，可是这个文件里没有哪个 Pod 模板带这些标签。这样它就没有端点，连接会被拒绝。把选择器和标签改成一致。',
  'service-port-nowhere':
    'Service `{name}` 要转发到名叫 `{port}` 的端口，可是它选中的容器都没有这个名字的端口。改正名字，或者直接写端口号。',
}
