# Writes the files beside it with pyarrow (25.0), as pandas and Hugging Face do: python3 write.py
import io, json, struct, zlib
import pyarrow as pa, pyarrow.parquet as pq

rows = 200
table = pa.table({
    'size': pa.array([i / 7 for i in range(rows)], pa.float64()),
    'age': pa.array([None if i == 3 else i * 3 for i in range(rows)], pa.int64()),
    'kind': pa.array([['cat', 'dog', 'é, "x"'][i % 3] for i in range(rows)]),
    'odd': pa.array([i % 2 == 1 for i in range(rows)]),
    'code': pa.array([[i, i + 0.5] for i in range(rows)], pa.list_(pa.float32())),
    'when': pa.array([i * 86_400_000 for i in range(rows)], pa.timestamp('ms')),
})
for codec in ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4']:
    pq.write_table(table, f'{codec}.parquet', compression=codec, row_group_size=150)
plain = {'use_dictionary': False, 'compression': 'snappy'}
pq.write_table(table, 'pages-v2.parquet', data_page_version='2.0', **plain)
pq.write_table(table, 'split.parquet', column_encoding={'size': 'BYTE_STREAM_SPLIT', 'age': 'DELTA_BINARY_PACKED', 'kind': 'DELTA_BYTE_ARRAY'}, **plain)

def png(grey):  # 2 × 1 pixels
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 2, 1, 8, 0, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(bytes([0, grey, 255]))) + chunk(b'IEND', b'')

def pictures(greys):
    notes = {'info': {'features': {'image': {'_type': 'Image'}, 'label': {'names': ['dark', 'light'], '_type': 'ClassLabel'}}}}
    return pa.table({
        'image': pa.array([{'bytes': png(grey), 'path': None} for grey in greys], pa.struct([('bytes', pa.binary()), ('path', pa.string())])),
        'label': pa.array([int(grey > 99) for grey in greys], pa.int64()),
    }).replace_schema_metadata({'huggingface': json.dumps(notes)})

pq.write_table(pictures([10, 200, 20, 220]), 'train-00000-of-00001.parquet', row_group_size=3)
pq.write_table(pictures([30]), 'test-00000-of-00001.parquet')
