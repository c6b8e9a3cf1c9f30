// Words of the page about the package: the library and its two commands. Only the build needs them.
import type { Language } from './strings.ts'

const en = {
  title: 'As a library',
  lead: 'The cluster of this course in your own tests and tutorials: kubectl, a shell and a whole Kubernetes in one process, with the same bytes each time.',
  install: 'Get it',
  installText:
    'The package comes out of the project itself: `npm pack` there makes one file, which npm installs anywhere. It brings nothing else along, and runs on Node 22.12 or later. Types are included; it is an ES module and needs no browser.',
  world: 'A world',
  worldText:
    '`createWorld` gives a cluster that has just been set up and the machine of somebody who works with it. `run` types a command at a prompt of bash and waits until it has ended; `objects`, `object` and `events` look at the cluster without a trace.',
  time: 'Time and faults',
  timeText:
    'The world has a clock of its own, which stands still but for what `run`, `advance` and `until` let pass. Five minutes of an eviction pass in a moment. `inject` breaks something until `repair`: a node, a registry, the name service, etcd, a container.',
  transcripts: 'Transcripts',
  transcriptsText:
    'A text of commands and what they print, as the lessons have them (their format stands at the head of `src/lesson/transcript.ts`). `playTranscript` runs it and says of each command whether it printed the same: a tutorial that tests itself.',
  histories: 'Histories',
  historiesText:
    '`history` is all that was done, as the text of a file. `replay` leads to the same world again, and the playground of this site opens the file: a failing test can be looked at, and gone back in.',
  calls: 'All calls',
  callsText: 'The declarations of the package, as an editor shows them.',
  commands: 'Two commands',
  commandsText:
    '`npx living-kubernetes cluster` starts the same cluster as an API server on loopback, with a kubeconfig for a real kubectl or client library. `npx living-kubernetes validate FILE` says what is wrong with manifests, without a cluster. Each tells its options with `--help`.',
  embed: 'On your own pages',
  embedText:
    'One script and one element put the lab of a lesson into any page, in a frame of this site. `src` is a lesson, a file of the gallery, `play` for an empty cluster, or the address of a page here: a lesson, the playground, a link that somebody shared. `lang` is `zh` or `en`, else the language of your page; `height` a CSS length, else 32rem; `label` what screen readers call the frame. What cannot be shown is said in a line with a link, and what others did is summed up before it runs.',
  embedPolicyTitle: 'Content security policy',
  embedPolicy:
    'A content security policy of your page has to allow the script and the frame, and nothing else. The frame tells your page that it is ready, and nothing of what is done in it; cookies are not used, and without storage it only forgets when it is closed.',
  limits: 'What to know',
  limitsText:
    'It is a simulator: what it does and what it does not stands on the page about it. Another version of the package may answer the same calls otherwise; its histories say which version wrote them.',
  aboutLink: 'About the simulator',
}

const zh: typeof en = {
  title: '当作库来用',
  lead: '把这门课的集群放进你自己的测试和教程：一个进程里就有 kubectl、shell 和完整的 Kubernetes，每次运行输出的每个字节都相同。',
  install: '安装',
  installText:
    '包由项目自己打出来：在项目目录里运行 `npm pack`，得到一个文件，npm 在哪里都能装它。它不带任何别的依赖，需要 Node 22.12 或更新的版本。自带类型；它是 ES 模块，不需要浏览器。',
  world: '一个世界',
  worldText:
    '`createWorld` 给你一个刚装好的集群，外加一台操作它的机器。`run` 在 bash 提示符后敲一条命令，等它结束；`objects`、`object` 和 `events` 查看集群，不留下痕迹。',
  time: '时间与故障',
  timeText:
    '世界有自己的时钟，只有 `run`、`advance` 和 `until` 才让它走。驱逐要等的五分钟一瞬间就过去。`inject` 弄坏一样东西，直到 `repair` 为止：节点、镜像仓库、域名服务、etcd 或者某个容器。',
  transcripts: '终端记录',
  transcriptsText:
    '一段文字，写着命令和它们的输出，和课文里用的一样（格式见 `src/lesson/transcript.ts` 开头）。`playTranscript` 把它运行一遍，逐条告诉你输出是否相同：教程从此自己检查自己。',
  histories: '历史',
  historiesText:
    '`history` 把做过的一切写成一个文件的文本。`replay` 由它回到同样的世界，本站的练习场也能打开这个文件：测试失败时，可以进去看，也可以往回走。',
  calls: '全部接口',
  callsText: '包里的类型声明，和编辑器里显示的一样。',
  commands: '两个命令',
  commandsText:
    '`npx living-kubernetes cluster` 在本机启动同一个集群的 API 服务器，并写好 kubeconfig，供真正的 kubectl 或客户端库使用。`npx living-kubernetes validate FILE` 不用集群就能指出清单里的错误。两个命令的选项都可以用 `--help` 查看。',
  embed: '放进你自己的网页',
  embedText:
    '一个脚本加一个元素，就能把一课的实验台放进任何网页，它在本站的框架里运行。`src` 可以写一课、清单库里的一个文件、`play`（空集群），也可以写本站网页的地址：一课、练习场，或者别人分享的链接。`lang` 写 `zh` 或 `en`，不写就跟随你的网页；`height` 是 CSS 长度，默认 32rem；`label` 是读屏软件念出的框架名称。不能显示的内容会用一行文字说明，并附上链接；别人做过的操作，先列出摘要，由读者决定要不要运行。',
  embedPolicyTitle: '内容安全策略',
  embedPolicy:
    '如果你的网页有内容安全策略，只需放行这个脚本和这个框架。框架只告诉你的网页“已就绪”，不透露里面做了什么；它不用 cookie，浏览器不给存储时也能用，只是关掉后不再记得。',
  limits: '需要知道的',
  limitsText:
    '它是模拟器：做什么、不做什么，写在介绍它的那一页。包的另一个版本对同样的调用可能有不同的回答；历史里记着是哪个版本写的。',
  aboutLink: '关于模拟器',
}

export const libraryWords: Readonly<Record<Language, typeof en>> = { en, zh }
