import { defineConfig } from 'tsup';
import { preset } from '../../tsup.preset.js';

export default defineConfig(preset({ entry: ['src/*.ts', 'src/blocking-work/*.ts'], sourcemap: false }));
