// Builds the program: main, web host and core worker for Node, the bridge, and the screens.
import { resolve } from 'node:path'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
import manifest from './package.json' with { type: 'json' }

/** What has files of its own to find at run time; everything else goes into the bundles. */
const loadedAtRunTime = ['better-sqlite3', 'electron-updater']

/** What the first screen begins with: the shell, and the page that the program opens with. */
const isFirst = (path: string) =>
  ['renderer/main.tsx', 'pipeline/PipelinePage.tsx'].some((end) => path.endsWith(end))

/** What draws: without the part that packages ask for portals. */
const isReact = (path: string) =>
  /\/react-dom\/(client|cjs\/react-dom-client\.production)\.js$/.test(path)

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Packages loaded file by file take 20 MB more of memory, drizzle alone half a second at the
      // start. Their licences lie in node_modules, which the installers hold too.
      externalizeDeps: {
        exclude: Object.keys(manifest.dependencies).filter(
          (name) => !loadedAtRunTime.includes(name),
        ),
      },
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          web: resolve('src/web/index.ts'),
          worker: resolve('src/core/worker/worker.ts'),
          reading: resolve('src/core/worker/reading.ts'),
        },
        // Shared chunks lie beside the entries: `import.meta.dirname` is out/main in all of them,
        // so ../../drizzle, ../../resources and ../renderer hold in a checkout and in app.asar.
        output: {
          chunkFileNames: '[name]-[hash].js',
          // The engine keeps the source: of other characters each would take two bytes.
          charset: 'ascii',
          comments: { legal: true, jsdoc: false, annotation: false },
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can only be one CommonJS file with everything but `electron` in it.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // React Compiler remembers values, functions and elements, so nothing does by hand. Effects depend on
    // it: what it cannot compile is refused rather than left out.
    plugins: [
      react(),
      babel({ presets: [reactCompilerPreset({ panicThreshold: 'all_errors' })] }),
      loadBeside((path) => isFirst(path) || isReact(path)),
    ],
    // The hosts replace this word by a fresh nonce in every answer.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      // electron-vite leaves code unminified unless asked.
      minify: true,
      // Shown by the About screen.
      license: { fileName: 'licences.json' },
      rolldownOptions: {
        input: { index: resolve('src/renderer/index.html') },
        // What the first screen is built of comes in one file, and what the others share in two, rather than
        // in sixty: the first page is there sooner, by HTTP above all. What single screens need stays with them.
        output: {
          codeSplitting: {
            groups: [
              // What the first script needs to ask for data.
              { name: 'door', tags: ['$initial'], priority: 3 },
              // Started beside the first screen (see renderer/main.tsx).
              { name: 'react', test: isReact, priority: 3 },
              // With all that they import, and of packages only what they use.
              { name: 'first', test: isFirst, priority: 2 },
              {
                name: 'framework',
                test: /node_modules\/(react|react-dom|scheduler|@mantine\/(core|hooks|form|modals|notifications)|@floating-ui|@tanstack|@orpc|zod|zustand|dayjs|clsx)\//,
              },
              {
                name: 'shell',
                test: /src\/(contract|renderer\/(app|ui))\/|@tabler\/icons-react/,
              },
            ],
          },
        },
      },
    },
  },
})

/**
 * The page's first script is small, so that it asks for data at once; the screens themselves, and the
 * one that the program opens with, are fetched beside it, and compiled meanwhile on another thread.
 * @param isLoaded of the path of a module: whether it is, with all that it imports
 */
function loadBeside(isLoaded: (path: string) => boolean): Plugin {
  return {
    name: 'load-beside',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const needed = new Set<string>()
        const need = (file: string) => {
          const chunk = bundle[file]
          if (chunk?.type !== 'chunk' || chunk.isEntry || needed.has(file)) return
          needed.add(file)
          chunk.imports.forEach(need)
        }
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        for (const { moduleIds, facadeModuleId, fileName } of chunks)
          if ([facadeModuleId ?? '', ...moduleIds].some(isLoaded)) need(fileName)
        const styles = [...needed].flatMap((file) => [
          ...((bundle[file] as Rolldown.OutputChunk).viteMetadata?.importedCss ?? []),
        ])
        const link = (attrs: Record<string, string>, file: string): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        })
        return [
          ...[...needed].map((file) => link({ rel: 'modulepreload' }, file)),
          ...[...new Set(styles)].map((file) => link({ rel: 'stylesheet' }, file)),
        ]
      },
    },
  }
}
