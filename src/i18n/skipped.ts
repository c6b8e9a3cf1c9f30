// Why a file is not checked as a manifest.
export const skipped = {
  en: {
    kustomization: "kustomize's own file, no manifest; `kubectl kustomize` makes manifests of it",
    chart: "Helm's description of a chart, no manifest",
    template: 'a template, which becomes a manifest when it is rendered; check what `helm template` prints',
    'no-manifest': 'no manifest: it has neither apiVersion nor kind',
  },
  zh: {
    kustomization: '这是 kustomize 自己的文件，不是清单；`kubectl kustomize` 会用它生成清单',
    chart: '这是 Helm 对 chart 的描述，不是清单',
    template: '这是模板，渲染之后才是清单；请检查 `helm template` 的输出',
    'no-manifest': '不是清单：既没有 apiVersion 也没有 kind',
  },
} as const
