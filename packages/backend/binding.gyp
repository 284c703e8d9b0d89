{
  'variables': {
    # The numeric sources, compiled once for every instruction set.
    'numeric': ['native/matmul.cc', 'native/gemm.cc', 'native/block.cc', 'native/dot.cc', 'native/conv.cc', 'native/conv-filter.cc',
                'native/pool.cc', 'native/unary.cc', 'native/binary.cc', 'native/reduce.cc', 'native/copy.cc',
                'native/optimizers.cc', 'native/ops.cc'],
    'sanitize%': '',
    'static_runtime%': '',  # for prebuilt libraries, see tools/prebuild.mjs
  },
  'target_defaults': {
    'cflags_cc!': ['-fno-exceptions', '-std=gnu++17', '-std=gnu++20', '-fno-omit-frame-pointer'],
    'cflags_cc': ['-std=c++17', '-O3', '-fexceptions', '-fPIC', '-fvisibility=hidden', '-fno-math-errno', '-fno-trapping-math', '-Wall', '-Wextra', '-Wno-unused-function', '-Wno-psabi'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++17', 'GCC_ENABLE_CPP_EXCEPTIONS': 'YES', 'GCC_OPTIMIZATION_LEVEL': '3',
      'MACOSX_DEPLOYMENT_TARGET': '11.0', 'OTHER_CPLUSPLUSFLAGS': ['-fno-math-errno', '-fno-trapping-math'],
    },
    'conditions': [
      ['sanitize!=""', { 'cflags_cc': ['-fsanitize=<(sanitize)', '-fno-omit-frame-pointer', '-g', '-O1'], 'ldflags': ['-fsanitize=<(sanitize)'] }],
    ],
  },
  'targets': [
    {
      'target_name': 'portable',
      'type': 'static_library',
      'sources': ['<@(numeric)'],
      'defines': ['AE_ISA=portable'],
    },
    {
      # Noise has the same bits everywhere, so nothing may be contracted.
      'target_name': 'exact',
      'type': 'static_library',
      'sources': ['native/random.cc'],
      'cflags_cc': ['-ffp-contract=off'],
      'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['-ffp-contract=off'] },
    },
    {
      'target_name': 'ae_native',
      'sources': ['native/addon.cc', 'native/addon-program.cc', 'native/program.cc', 'native/isa.cc', 'native/threads.cc', 'native/op.cc'],
      'dependencies': ['portable', 'exact'],
      'conditions': [
        ['target_arch=="x64"', { 'defines': ['AE_X86'], 'dependencies': ['avx512', 'avx2'] }],
        ['OS=="linux" and static_runtime!=""', { 'ldflags': ['-static-libstdc++', '-static-libgcc'] }],
        ['OS=="linux"', { 'ldflags': ['-Wl,-Bsymbolic', '-Wl,--gc-sections'] }],
      ],
    },
  ],
  'conditions': [
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'avx2',
          'type': 'static_library',
          'sources': ['<@(numeric)'],
          'defines': ['AE_ISA=avx2'],
          'cflags_cc': ['-mavx2', '-mfma'],
          'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['-mavx2', '-mfma'] },
        },
        {
          'target_name': 'avx512',
          'type': 'static_library',
          'sources': ['<@(numeric)'],
          'defines': ['AE_ISA=avx512'],
          'cflags_cc': ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mavx2', '-mfma', '-mprefer-vector-width=512'],
          'xcode_settings': { 'OTHER_CPLUSPLUSFLAGS': ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mavx2', '-mfma', '-mprefer-vector-width=512'] },
        },
      ],
    }],
  ],
}
