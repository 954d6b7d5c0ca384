// Turns TypeScript into what jest runs, without type checks (`npm run typecheck` has those).
const { transformSync } = require('esbuild');

module.exports = {
  process: (source, path) =>
    transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline', sourcefile: path }),
};
