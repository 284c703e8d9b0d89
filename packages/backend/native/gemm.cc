// Matrix products: the shared dimension in blocks that fit the second-level cache, the columns in panels of two
// vectors, the rows in register blocks. The shared dimension is never split between threads, so every element is
// summed in one order whatever their number.
#include "gemm.h"
#include "transpose.h"

namespace ae {
namespace AE_ISA {
namespace {

constexpr int64_t kPanel = kVectors * W;
constexpr int64_t kDepth = 384;      // of the shared dimension at a time
constexpr int64_t kDotRows = 160;    // above, packing pays
constexpr int64_t kRowFloats = 100000;  // of A that share the second-level cache with a panel of B
constexpr int64_t kDotDepth = 1024;  // the same for dot products: all of A's rows stay in the second-level cache
// Below this many multiplications a task is not worth another thread's attention.
constexpr int64_t kTask = 300000;

// `rows` rows of A from `row`, columns [0, k), as k contiguous groups of `rows`.
void packRows(Matrix a, int64_t row, int64_t rows, int64_t k, float* out) {
  if (a.transposed) {
    for (int64_t kk = 0; kk < k; kk++)
      std::memcpy(out + kk * rows, a.data + kk * a.row + row, static_cast<size_t>(rows) * 4);
    return;
  }
  const float* from = a.data + row * a.row;
  int64_t kk = 0;
  for (; kk + W < k; kk += W)
    for (int64_t top = 0; top < rows; top += W) {
      const int64_t high = least(W, rows - top);
      Vec square[W] = {};
      for (int64_t r = 0; r < high; r++) square[r] = load(from + (top + r) * a.row + kk);
      transposeSquare(square);
      // Whole vectors are stored, each over the last one's surplus, where no other rows lie beside.
      const int whole = rows <= W ? W - 1 : 0;
      for (int i = 0; i < whole; i++) store(out + (kk + i) * rows, square[i]);
      for (int i = whole; i < W; i++) storeFirst(out + (kk + i) * rows + top, square[i], high);
    }
  for (; kk < k; kk++)
    for (int64_t r = 0; r < rows; r++) out[kk * rows + r] = from[r * a.row + kk];
}

// A share of the next panel's rows, so that they are near when their turn comes: they lie too far apart for the
// processor to foresee.
void prefetchRows(const float* from, ptrdiff_t row, int64_t steps, int64_t share, int64_t shares) {
  const int64_t end = steps * (share + 1) / shares;
  for (int64_t k = steps * share / shares; k < end; k++) {
    __builtin_prefetch(from + k * row, 0, 2);
    __builtin_prefetch(from + k * row + kPanel / 2, 0, 2);
  }
}

struct Split {
  int64_t parts, size, longer;
  Split(int64_t count, int64_t most) {
    parts = ceilDiv(count, most);
    size = parts ? count / parts : 0;
    longer = parts ? count % parts : 0;
  }
  int64_t start(int64_t part) const { return part * size + least(part, longer); }
};

// Both operands run on along the shared dimension: C as dot products, a few of B's rows against all of A's.
void dotProducts(int64_t m, int64_t n, int64_t k, Matrix a, Matrix b, float* c, ptrdiff_t cRow, Epilogue epilogue,
                 int64_t threads) {
  const Split columnBlocks(n, kDotColumns);
  const int64_t parts = most(1, least(columnBlocks.parts, threads * 4));
  const int64_t depths = ceilDiv(k, kDotDepth);
  const auto some = [=](int64_t task, int) {
    const int64_t first = columnBlocks.parts * task / parts, last = columnBlocks.parts * (task + 1) / parts;
    for (int64_t d = 0; d < depths; d++) {
      const int64_t k0 = d * kDotDepth;
      DotBlock block;
      block.aRow = a.row;
      block.bColumn = b.row;
      block.steps = least(kDotDepth, k - k0);
      block.segments = 1;
      block.aSegment = block.bSegment = 0;
      block.cRow = cRow;
      for (int64_t cb = first; cb < last; cb++) {
        const int64_t j = columnBlocks.start(cb);
        const int columns = static_cast<int>(columnBlocks.start(cb + 1) - j);
        block.b = b.data + j * b.row + k0;
        block.epilogue = d + 1 < depths ? Epilogue{nullptr, kLinear, 0, false} : epilogue;
        if (block.epilogue.bias) block.epilogue.bias += j;
        block.epilogue.accumulate = d > 0;
        const Split rowBlocks(m, dotRows(columns));
        for (int64_t rb = 0; rb < rowBlocks.parts; rb++) {
          const int64_t row = rowBlocks.start(rb), rows = rowBlocks.start(rb + 1) - row;
          block.a = a.data + row * a.row + k0;
          block.c = c + row * cRow + j;
          dotFunction(static_cast<int>(rows), columns)(block);
        }
      }
    }
  };
  if (threads > 1) parallel(parts, some);
  else for (int64_t task = 0; task < parts; task++) some(task, 0);
}

}  // namespace

void packColumns(Matrix b, int64_t k0, int64_t steps, int64_t from, int64_t n, int vectors, float* out) {
  const int64_t width = vectors * W;
  const int64_t columns = least(width, n - from);
  if (!b.transposed) {
    for (int64_t kk = 0; kk < steps; kk++) {
      const float* in = b.data + (k0 + kk) * b.row + from;
      for (int v = 0; v < vectors; v++)
        store(out + kk * width + v * W,
              columns >= (v + 1) * W ? load(in + v * W) : loadFirst(in + v * W, most(0, columns - v * W)));
    }
    return;
  }
  for (int v = 0; v < vectors; v++) {
    const int64_t valid = most(0, least(W, columns - v * W));
    const float* in = b.data + (from + v * W) * b.row + k0;
    float* to = out + v * W;
    for (int64_t kk = 0; kk < steps; kk += W) {
      const int64_t depth = least(W, steps - kk);
      Vec square[W] = {};
      if (depth == W && valid == W) {
        for (int i = 0; i < W; i++) square[i] = load(in + i * b.row + kk);
        transposeSquare(square);
        for (int i = 0; i < W; i++) store(to + (kk + i) * width, square[i]);
      } else {
        for (int64_t i = 0; i < valid; i++) square[i] = loadFirst(in + i * b.row + kk, depth);
        transposeSquare(square);
        for (int64_t i = 0; i < depth; i++) store(to + (kk + i) * width, square[i]);
      }
    }
  }
}

void gemm(int64_t m, int64_t n, int64_t k, Matrix a, Matrix b, float* c, ptrdiff_t cRow, Epilogue epilogue) {
  if (m == 0 || n == 0) return;
  const Split rowBlocks(m, kRows);
  const Split depths(most(k, 1), kDepth);
  const int64_t panels = ceilDiv(n, kPanel);
  const int64_t work = m * n * most(k, 1);
  const int64_t threads = work > 2 * kTask ? threadCount() : 1;

  if (m <= kDotRows && b.transposed && !a.transposed && k > 0 && k % W == 0)
    return dotProducts(m, n, k, a, b, c, cRow, epilogue, threads);

  // Rows that several panels read are packed once; transposed ones lie as a register block wants them already.
  const bool packA = !a.transposed && n > kPanel;
  // Columns are packed where they lie across, or where enough row blocks share them.
  const bool packB = b.transposed || rowBlocks.parts > 12;

  // Tasks are columns while all of A's rows fit the second-level cache, else pieces of rows that do.
  const int64_t wantedTasks = most(1, least(threads * 4, work / kTask));
  const int64_t pieces = ceilDiv(m * (depths.size + 1), kRowFloats);
  const int64_t panelTasks = pieces == 1 ? least(panels, threads * 8) : least(panels, ceilDiv(wantedTasks, pieces));
  const int64_t rowTasks = pieces == 1 && panelTasks >= wantedTasks
                               ? 1
                               : least(rowBlocks.parts, most(pieces, ceilDiv(wantedTasks, panelTasks)));
  const Split panelGroups(panels, ceilDiv(panels, panelTasks));
  const Split rowGroups(rowBlocks.parts, ceilDiv(rowBlocks.parts, rowTasks));

  const int64_t aFloats = packA ? ceilDiv(m * k, 16) * 16 : 0;
  const int64_t deepest = depths.size + 1;
  const int64_t bFloats = deepest * kPanel;
  float* memory = scratch(aFloats + threads * bFloats + 64);
  float* packedB = memory + aFloats;

  if (packA) {
    const auto packBlock = [&](int64_t block, int) {
      const int64_t row = rowBlocks.start(block);
      packRows(a, row, rowBlocks.start(block + 1) - row, k, memory + row * k);
    };
    if (threads > 1 && m * k > 30000) parallel(rowBlocks.parts, packBlock);
    else for (int64_t block = 0; block < rowBlocks.parts; block++) packBlock(block, 0);
  }

  const auto compute = [&](int64_t task, int lane) {
    const int64_t group = task / rowGroups.parts, rowGroup = task % rowGroups.parts;
    float* ownB = packedB + lane * bFloats;
    for (int64_t d = 0; d < depths.parts; d++) {
      const int64_t k0 = k ? depths.start(d) : 0, steps = k ? depths.start(d + 1) - k0 : 0;
      for (int64_t panel = panelGroups.start(group); panel < panelGroups.start(group + 1); panel++) {
        const int64_t j = panel * kPanel, columns = least(kPanel, n - j);
        const int vectors = columns > W ? 2 : 1;
        Block block;
        block.steps = steps;
        block.cRow = cRow;
        block.columns = columns;
        block.epilogue = epilogue;
        if (d + 1 < depths.parts) {
          block.epilogue.bias = nullptr;
          block.epilogue.activation = kLinear;
        } else if (epilogue.bias) {
          block.epilogue.bias = epilogue.bias + j;
        }
        block.epilogue.accumulate = d > 0;
        if (packB || columns % W != 0) {
          packColumns(b, k0, steps, j, n, vectors, ownB);
          block.b = ownB;
          block.bStep = vectors * W;
        } else {
          block.b = b.data + k0 * b.row + j;
          block.bStep = b.row;
        }
        const float* prefetched = nullptr;
        if (!packB && panel + 1 < panelGroups.start(group + 1)) prefetched = block.b + kPanel;
        else if (!packB && d + 1 < depths.parts && columns == kPanel)
          prefetched = b.data + depths.start(d + 1) * b.row + panelGroups.start(group) * kPanel;
        const int64_t firstRows = rowGroups.start(rowGroup), lastRows = rowGroups.start(rowGroup + 1);
        for (int64_t rb = firstRows; rb < lastRows; rb++) {
          const int64_t row = rowBlocks.start(rb), rows = rowBlocks.start(rb + 1) - row;
          block.aRow = a.row;
          block.aStep = packA ? rows : a.row;
          block.a = packA          ? memory + row * k + k0 * rows
                    : a.transposed ? a.data + k0 * a.row + row
                                   : a.data + row * a.row + k0;
          block.c = c + row * cRow + j;
          if (prefetched) prefetchRows(prefetched, b.row, steps, rb - firstRows, lastRows - firstRows);
          blockFunction(packA || a.transposed ? kPacked : kStrided, static_cast<int>(rows), vectors)(block);
        }
      }
    }
  };
  const int64_t tasks = panelGroups.parts * rowGroups.parts;
  if (threads > 1) parallel(tasks, compute);
  else for (int64_t task = 0; task < tasks; task++) compute(task, 0);
}

}  // namespace AE_ISA
}  // namespace ae
