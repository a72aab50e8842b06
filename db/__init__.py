"""Ground floor: tables, the encrypted engine, the write door with its journal, audit and backup. Knows no rule."""
